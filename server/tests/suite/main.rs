//! The tests of the server from outside: the document's transcripts, the running program, and
//! everything that people and networks may do to it. One program, so that it is linked once; a
//! file a theme.

mod auth;
mod db;
mod routes;
mod support;
mod transcripts;
mod user;
