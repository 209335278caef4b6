//! authspec: a black-box conformance suite for the user authentication service.
//!
//! Features become a verdict: `catalogue → selection → engine → run → verdict → report`, each a
//! value handed to the next.

pub mod exit;
pub mod failure;
pub mod faults;
//pub mod freedoms;
pub mod null_servers;
pub mod proxy;
pub mod requirement;
pub mod run;
pub mod transcript;
pub mod verdict;
