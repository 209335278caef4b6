//! Targets of every kind: started by a command, hostile, remote, many at once.

mod child;
mod command;
mod hostile;
mod remote;
mod small;
mod support;
