//! Proof that verdicts can be trusted: they do not depend on order, pace or the target's past,
//! and a second server that shares nothing with the reference gets the best of them.

mod agreement;
mod second_server;
mod self_test;
mod stories;
mod verdicts;
