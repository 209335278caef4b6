//! Writing to the terminal: colours only where they are wanted, and a closed pipe is no error.

use std::io::Write;

use crate::{
    http::visible::visible,
    report::{Destination, ReportRequest},
};

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

/// Tells what is wrong; a target may have had its say in it.
pub(super) fn error(text: &str) {
    let red = anstyle::AnsiColor::Red.on_default().bold();
    let mut out = anstream::stderr().lock();
    let _ = writeln!(out, "{red}error{red:#}: {}", visible(text));
}
