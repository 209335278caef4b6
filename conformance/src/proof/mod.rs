//! The proof that the suite can be trusted: servers with a known verdict, as a proxy before one
//! that keeps the document, and what the suite says of them. Free histories look for more.

pub mod explore;
pub mod faults;
pub mod freedoms;
pub mod null_servers;
pub mod proxy;
pub mod self_test;
pub mod subject;
