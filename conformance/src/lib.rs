//! authspec: a black-box conformance suite for the user authentication service.
//!
//! Features become a verdict: `catalogue → selection → engine → run → verdict → report`, each a
//! value handed to the next.

pub mod baseline;
pub mod curl;
pub mod exit;
pub mod failure;
pub mod report;
pub mod requirement;
pub mod run;
pub mod timestamp;
pub mod transcript;
pub mod verdict;
pub mod visible;
pub mod whole_file;
