//! What people and programs read of a run, in every format, from runs that are built by hand.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has to fail"
)]

mod baseline;
mod json;
mod sample;
