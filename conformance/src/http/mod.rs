//! HTTP with a stranger: requests, responses and their exchange, the client that hides nothing and
//! lets nobody hold it up, the same as curl lines, and text from strangers made safe to show.

mod client;
pub mod curl;
pub(crate) mod hex;
mod mismatch;
pub mod timestamp;
mod transcript;
pub mod visible;

pub use client::{Body, Client, ClientSettings, Counts, Request};
pub use mismatch::Mismatch;
pub use transcript::{Departure, Exchange, NoResponse, REDACTED, Response, SentRequest, Way};
