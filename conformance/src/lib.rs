//! authspec: a black-box conformance suite for the user authentication service.
//!
//! Features become a verdict: `catalogue → selection → engine → run → verdict → report`, each a
//! value handed to the next.

pub mod accounts;
pub mod baseline;
pub mod catalogue;
pub mod cli;
pub mod client;
pub mod client_program;
pub mod compare;
pub mod context;
pub mod curl;
pub mod doctor;
pub mod engine;
pub mod exit;
pub mod expect;
pub mod explore;
pub mod failure;
pub mod faults;
pub mod freedoms;
pub mod grade;
mod hex;
pub mod model;
pub mod names;
pub mod null_servers;
pub mod proxy;
pub mod redact;
pub mod report;
pub mod requirement;
pub mod run;
pub mod self_test;
pub mod shard;
mod steps;
pub mod subject;
pub mod target;
mod texts;
pub mod timestamp;
pub mod transcript;
pub mod verdict;
pub mod visible;
pub mod watch;
pub mod whole_file;
pub mod world;
