//! A proxy of our own, one target behind it: what faults and freedoms are made of.
//!
//! ```text
//! client → server (a listener) → Middleware → Tracked → Upstream (a target, or the reference
//! server without a network)
//!                                                └→ ObservedState: what was seen to succeed
//! ```
//!
//! A [`Middleware`] is stated against the [`ObservedState`], which knows every account, session
//! and token that went through, so that "the profile of an ended session still answers 200" is a
//! line of code and needs no server of its own.

mod cookie;
mod digests;
mod middleware;
mod request;
mod response;
mod server;
mod state;
mod tracked;
mod transport;
mod upstream;

pub use crate::model::{Account, Case};
pub use middleware::Middleware;
pub use request::Request;
pub use response::Response;
pub use server::{Running, before};
pub use state::ObservedState;
pub use tracked::Tracked;
pub use transport::Transport;
pub use upstream::{Upstream, UpstreamError};

#[cfg(test)]
mod tests;
