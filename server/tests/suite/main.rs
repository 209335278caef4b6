//! The tests of the server from outside: the document's transcripts, the running program, and
//! everything that people and networks may do to it. One program, so that it is linked once; a
//! file a theme.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod auth;
mod command_line;
mod corpus;
mod db;
mod embedding;
mod files;
mod health;
mod history;
mod hostile;
mod kills;
mod limits;
mod model;
mod overload;
mod readme;
mod routes;
mod secrets;
mod strangers;
mod support;
mod transcripts;
mod user;
