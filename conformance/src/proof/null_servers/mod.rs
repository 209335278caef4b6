//! Servers that implement nothing: a suite worth its name gives them nothing.
//!
//! Each answers from the request alone. None keeps an account, a session or a token, so none may
//! pass a requirement that it does not truly keep.

mod documented;
mod uniform;

use crate::proof::{
    proxy::{Request, Response},
    subject::Subject,
};

/// An id, a sentence, what is kept all the same, the answer.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    fn(&Request) -> Response,
);

/// The whole catalogue.
pub fn all() -> Vec<Subject> {
    let rows = uniform::SERVERS.iter().chain(documented::SERVERS);
    rows.map(|&(id, sentence, keeps, response)| Subject::null_server(id, sentence, keeps, response))
        .collect()
}

#[cfg(test)]
mod tests;
