//! Requests that are not understood when they are spelt otherwise.

mod connections;
mod cookies;
mod forms;

use super::Subject;

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    [forms::faults(), cookies::faults(), connections::faults()].concat()
}
