//! A server whose verdict is known: a fault, a null server or a freedom. All three are a proxy
//! with a middleware; they differ in what the suite has to say to it.

mod apply;
pub(crate) mod documented;
pub(crate) mod edits;
pub(crate) mod effects;
mod shown_ids;

use std::{io, sync::Arc};

use serde::Serialize;

use crate::proof::proxy::{
    self, Case, Middleware, ObservedState, Request, Response, Running, Tracked, Transport, Upstream,
};

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
    fn new(
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

    /// A freedom that is not taken yet, and that fails nothing.
    pub(crate) fn freedom(id: &'static str, sentence: &'static str) -> Self {
        Self::new(Kind::Freedom, id, sentence, &[])
    }

    /// A server that makes its answer of the request alone and asks nobody.
    pub(crate) fn null_server(
        id: &'static str,
        sentence: &'static str,
        keeps: &'static [&'static str],
        response: fn(&Request) -> Response,
    ) -> Self {
        Self::new(Kind::NullServer, id, sentence, keeps)
            .before(move |_, request, _| Some(response(request)))
    }

    /// Names what it fails by right.
    pub(crate) fn may_fail(mut self, requirements: &'static [&'static str]) -> Self {
        self.about = requirements;
        self
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

    /// Gives it this middleware in place of the one that it had.
    pub(crate) fn with(mut self, middleware: Middleware) -> Self {
        self.middleware = middleware;
        self
    }

    fn behaving(mut self, change: impl FnOnce(Middleware) -> Middleware) -> Self {
        self.middleware = change(self.middleware);
        self
    }

    /// See [`Middleware::at`].
    pub(crate) fn at(
        self,
        cases: impl AsRef<[Case]> + Send + Sync + 'static,
        edit: impl Fn(&Request, &mut Response, &mut ObservedState) + Send + Sync + 'static,
    ) -> Self {
        self.behaving(|middleware| middleware.at(cases, edit))
    }

    /// See [`Middleware::after`].
    pub(crate) fn after(
        self,
        edit: impl Fn(Case, &Request, &mut Response, &mut ObservedState) + Send + Sync + 'static,
    ) -> Self {
        self.behaving(|middleware| middleware.after(edit))
    }

    /// See [`Middleware::before`].
    pub(crate) fn before(
        self,
        change: impl Fn(Case, &mut Request, &mut ObservedState) -> Option<Response>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.behaving(|middleware| middleware.before(change))
    }

    /// See [`Middleware::whole`].
    pub(crate) fn whole<F>(
        self,
        act: impl Fn(Case, Request, Arc<Tracked>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Response> + Send + 'static,
    {
        self.behaving(|middleware| middleware.whole(act))
    }

    /// See [`Middleware::timing_sensitive`].
    pub(crate) fn timing_sensitive(self) -> Self {
        self.behaving(Middleware::timing_sensitive)
    }

    /// See [`Middleware::on`].
    pub(crate) fn on(self, transport: Transport) -> Self {
        self.behaving(|middleware| middleware.on(transport))
    }

    /// Whether it stands in front of a target.
    pub fn needs_target(&self) -> bool {
        self.kind != Kind::NullServer
    }

    /// Whether it takes offence at requests without a pause between them.
    pub fn is_timing_sensitive(&self) -> bool {
        self.middleware.is_timing_sensitive()
    }

    /// Starts it, in front of `upstream` where it needs one.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn start(&self, upstream: Upstream) -> io::Result<Running> {
        proxy::before(upstream, self.middleware.clone()).await
    }
}
