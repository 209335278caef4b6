//! A server whose verdict is known: a fault, a null server or a freedom. All three are a proxy
//! with a middleware; they differ in what the suite has to say to it.

mod apply;
pub(crate) mod documented;
pub(crate) mod edits;
mod effects;
pub(crate) mod prelude;
mod shown_ids;

use std::sync::Arc;

use serde::Serialize;

use crate::proof::proxy::{self, Case, Middleware, Request, Response, Running, Tracked, Upstream};

/// What a subject is there to prove.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// That a requirement can fail.
    Fault,
    /// That nothing passes by itself.
    NullServer,
    /// That nothing fails without a cause.
    Freedom,
}

impl Kind {
    /// All of them, in the order of reports.
    pub(crate) const ALL: [Self; 3] = [Self::Fault, Self::NullServer, Self::Freedom];
}

/// What has happened to a target before the suite comes to it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Past {
    /// Nothing.
    #[default]
    Fresh,
    /// The suite has been there, with other data.
    Judged,
    /// This many users have registered.
    Populated(usize),
}

/// A server whose verdict is known.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is there to prove.
    pub kind: Kind,
    /// Its stable name, such as `login-wrong-password-200`, unique within its kind.
    pub id: &'static str,
    /// What such a server does, as a sentence for somebody who has not read the code.
    pub sentence: &'static str,
    /// The requirements that it is about: those that must catch a fault, where others may fail as
    /// well; those that a null server truly keeps; the should and may requirements that a freedom
    /// fails by right.
    pub about: &'static [&'static str],
    /// What has happened to its target before.
    pub past: Past,
    /// Whether it shows only while the target's store holds next to nothing.
    pub needs_fresh_start: bool,
    /// What it does.
    pub middleware: Middleware,
}

impl Subject {
    /// A server that does nothing yet.
    pub(crate) fn new(
        kind: Kind,
        id: &'static str,
        sentence: &'static str,
        about: &'static [&'static str],
    ) -> Self {
        Self {
            kind,
            id,
            sentence,
            about,
            past: Past::Fresh,
            needs_fresh_start: false,
            middleware: Middleware::default(),
        }
    }

    /// A fault that does nothing yet.
    pub(crate) fn fault(
        id: &'static str,
        sentence: &'static str,
        caught_by: &'static [&'static str],
    ) -> Self {
        Self::new(Kind::Fault, id, sentence, caught_by)
    }

    /// A freedom that is not taken yet.
    pub(crate) fn freedom(
        id: &'static str,
        sentence: &'static str,
        may_fail: &'static [&'static str],
    ) -> Self {
        Self::new(Kind::Freedom, id, sentence, may_fail)
    }

    /// A server that makes its answer of the request alone and asks nobody.
    pub(crate) fn null_server(
        id: &'static str,
        sentence: &'static str,
        keeps: &'static [&'static str],
        response: fn(&Request) -> Response,
    ) -> Self {
        let alone = Middleware::default().before(move |_, request, _| Some(response(request)));
        Self::new(Kind::NullServer, id, sentence, keeps).with(alone)
    }

    /// Gives its target a past.
    pub(crate) fn with_past(mut self, past: Past) -> Self {
        self.past = past;
        self
    }

    /// Says that it shows only while the target's store holds next to nothing.
    pub(crate) fn on_a_fresh_start(mut self) -> Self {
        self.needs_fresh_start = true;
        self
    }

    /// Gives it this middleware.
    pub(crate) fn with(mut self, middleware: Middleware) -> Self {
        self.middleware = middleware;
        self
    }

    /// See [`Middleware::whole`].
    pub(crate) fn whole<F>(
        self,
        act: impl Fn(Case, Request, Arc<Tracked>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Response> + Send + 'static,
    {
        self.with(Middleware::default().whole(act))
    }

    /// Whether a requirement is one of those.
    pub fn is_about(&self, requirement: &str) -> bool {
        self.about.contains(&requirement)
    }

    /// Starts it, in front of `upstream` where it needs one.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn start(&self, upstream: Upstream) -> Result<Running, String> {
        let running = proxy::before(upstream, self.middleware.clone()).await;
        running.map_err(|error| format!("no port can be bound: {error}"))
    }
}

#[cfg(test)]
mod tests;
