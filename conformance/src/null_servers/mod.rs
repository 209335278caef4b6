//! Servers that implement nothing: a suite worth its name gives them nothing.
//!
//! Each answers from the request alone. None keeps an account, a session or a token, so none may
//! pass a requirement that it does not truly keep.

mod documented;
mod uniform;

use std::{io, sync::Arc};

use futures::future::BoxFuture;

use crate::proxy::{Answer, Answerer, Ask, Running, Wire, start};

/// A server that implements nothing.
#[derive(Clone, Debug)]
pub struct NullServer {
    /// Its stable name, such as `null-403`.
    pub id: &'static str,
    /// What it does, as a sentence.
    pub sentence: &'static str,
    /// The ids of the must requirements that it keeps all the same.
    pub keeps: &'static [&'static str],
    answer: fn(&Ask) -> Answer,
}

impl NullServer {
    /// Starts it on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn start(&self) -> io::Result<Running> {
        start(Arc::new(self.clone()), Wire::default()).await
    }
}

impl Answerer for NullServer {
    fn answer(self: Arc<Self>, ask: Ask) -> BoxFuture<'static, Answer> {
        Box::pin(async move { (self.answer)(&ask) })
    }
}

/// The whole catalogue.
pub fn all() -> Vec<NullServer> {
    [uniform::servers(), documented::servers()].concat()
}

#[cfg(test)]
mod tests;
