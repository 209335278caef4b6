//! A server whose verdict is known: a fault, a null server or a freedom. All three are a proxy
//! with a middleware; they differ in what the suite has to say to it.

mod apply;
pub(crate) mod documented;
pub(crate) mod edits;
mod effects;
pub(crate) mod prelude;
mod shown_ids;

use serde::Serialize;

use crate::proof::proxy::{self, Middleware, Running, Upstream};

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
    /// A server of that middleware, before a target that is new.
    pub(crate) fn new(
        kind: Kind,
        id: &'static str,
        sentence: &'static str,
        about: &'static [&'static str],
        middleware: Middleware,
    ) -> Self {
        Self {
            kind,
            id,
            sentence,
            about,
            past: Past::Fresh,
            needs_fresh_start: false,
            middleware,
        }
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
