//! The suite from outside: what it judges, what it prints, how it ends.

mod changelog;
mod command_line;
mod dependencies;
mod features;
mod reference;
mod rooms;
mod support;
