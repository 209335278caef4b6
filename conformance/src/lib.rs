//! authspec: a black-box conformance suite for the user authentication service.
//!
//! Features become a verdict: `suite → scenario → run → verdict → report`, each a value handed to
//! the next. Twelve rooms, in the order of their arrows: each knows those under it, and none above.

pub mod cli;
pub mod grade;

pub mod client_program;
pub mod proof;

pub mod report;
pub mod verdict;

pub mod run;
pub mod scenario;

pub mod model;
pub mod suite;

pub mod target;

pub mod http;
