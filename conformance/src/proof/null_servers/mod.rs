//! Servers that implement nothing: a suite worth its name gives them nothing.
//!
//! Each answers from the request alone. None keeps an account, a session or a token, so none may
//! pass a requirement that it does not truly keep.

mod documented;
mod uniform;

use crate::proof::subject::Subject;

/// The whole catalogue.
pub fn all() -> Vec<Subject> {
    [uniform::servers(), documented::servers()].concat()
}

#[cfg(test)]
mod tests;
