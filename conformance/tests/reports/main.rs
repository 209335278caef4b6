//! What people and programs read of a run, in every format, from runs that are built by hand.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has to fail"
)]
#![expect(
    clippy::print_stderr,
    reason = "a test that skips itself says so on the error stream"
)]

mod badge;
mod baseline;
mod browser;
mod compare;
mod docs;
mod github;
mod hostile;
mod html;
mod json;
mod junit;
mod markdown;
mod sample;
mod write;
