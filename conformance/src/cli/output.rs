//! Writing to the terminal: colours only where they are wanted, and a closed pipe is no error.

use std::{
    fmt::Display,
    io::{IsTerminal as _, Write},
};

use crate::{
    http::visible::visible,
    report::{Destination, ReportRequest, terminal::paint::BAD},
    verdict::ExitStatus,
};

/// How a command ends; an error where it cannot be carried out, which was told.
pub(super) type Ended = Result<ExitStatus, ExitStatus>;

/// Prints a text that is the command's result.
pub(super) fn print(text: &str) {
    let mut out = anstream::stdout().lock();
    // Whoever closed the pipe has read enough.
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// What prints for people beside these reports: on the standard output, unless one of them takes
/// that.
pub(super) fn beside(reports: &[ReportRequest]) -> fn(&str) {
    let taken = |report: &ReportRequest| report.destination == Destination::Stdout;
    if reports.iter().any(taken) {
        print_aside
    } else {
        print
    }
}

/// Prints a text for people while the standard output belongs to a report.
pub(super) fn print_aside(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_all(text.as_bytes());
}

/// How far something is, for who waits at a terminal: one line that changes. Elsewhere nothing.
#[derive(Debug)]
pub(super) struct ChangingLine {
    pub(super) is_shown: bool,
}

impl ChangingLine {
    pub(super) fn new() -> Self {
        Self {
            is_shown: std::io::stderr().is_terminal(),
        }
    }

    pub(super) fn show(&self, text: &str) {
        if self.is_shown {
            let short: String = text.chars().take(78).collect();
            let _ = write!(std::io::stderr(), "\r\x1b[K{short}");
        }
    }

    pub(super) fn clear(&self) {
        self.show("");
    }
}

/// Tells what is wrong; a target may have had its say in it.
pub(super) fn error(text: &str) {
    let red = BAD.bold();
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{red}error{red:#}: {}", visible(text));
}

/// Tells why nothing more can be done, and hands on how to end for it.
pub(super) fn told(why: impl Display, status: ExitStatus) -> ExitStatus {
    error(&why.to_string());
    status
}

/// Tells what is wrong with what was asked for, and hands on how to end for it.
pub(super) fn wrong(why: impl Display) -> ExitStatus {
    told(why, ExitStatus::Usage)
}
