//! Requests that are not understood when they are spelt otherwise.

mod connections;
mod cookies;
mod forms;

use super::Fault;

/// The faults of this area.
pub(super) fn faults() -> Vec<Fault> {
    [forms::faults(), cookies::faults(), connections::faults()].concat()
}
