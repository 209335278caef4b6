//! Targets of every kind: started by a command, hostile, remote, many at once.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    clippy::zombie_processes,
    reason = "some of these tests are the targets of others: they print, end and leave children behind on purpose"
)]

mod again;
mod bounds;
mod child;
mod client;
mod command;
mod grade;
mod help;
mod hostile;
mod hostile_submissions;
mod judged;
mod remote;
mod small;
mod support;
mod watch;
