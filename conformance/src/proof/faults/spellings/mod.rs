//! Requests that are not understood when they are spelt otherwise.

pub(super) mod connections;
pub(super) mod cookies;
pub(super) mod forms;
