//! A proxy of our own, one target behind it: what faults and freedoms are made of.
//!
//! ```text
//! client → front (a listener) → Behaviour → Door → target
//!                                            └→ Shadow: what was seen to succeed
//! ```
//!
//! A [`Behaviour`] is stated against the [`Shadow`], which knows every account, session and token
//! that went through, so that "the profile of an ended session still answers 200" is a line of
//! code and needs no server of its own.

mod answer;
mod ask;
mod behaviour;
mod door;
mod front;
mod shadow;
mod upstream;
mod wire;

pub use crate::model::{Account, Case};
pub use answer::Answer;
pub use ask::Ask;
pub use behaviour::{Behaviour, Whole};
pub use door::Door;
pub use front::{Answerer, Running, start};
pub use shadow::Shadow;

pub use upstream::{Upstream, UpstreamError};
pub use wire::Wire;

use std::{io, sync::Arc};

/// Starts a proxy on a free port of 127.0.0.1 that shows `behaviour` in front of `upstream`.
///
/// # Errors
///
/// When no port can be bound.
pub async fn before(upstream: Upstream, behaviour: Behaviour) -> io::Result<Running> {
    let wire = behaviour.wire();
    let door = Arc::new(Door::new(upstream));
    start(Arc::new(behaviour::Proxy::new(behaviour, door)), wire).await
}

#[cfg(test)]
mod tests;
