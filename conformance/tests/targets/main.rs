//! Targets of every kind: started by a command, hostile, remote, many at once.

mod child;
mod client;
mod command;
mod grade;
mod hostile;
mod remote;
mod small;
mod support;
