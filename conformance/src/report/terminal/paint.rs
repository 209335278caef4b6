//! The few colours. Whoever writes to a pipe strips them.

use anstyle::{AnsiColor, Style};

use crate::verdict::Verdict;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
pub(crate) const OPEN: Style = AnsiColor::Yellow.on_default();

/// A sign for a verdict, and its colour.
pub(super) fn sign(verdict: Verdict, counts: bool) -> (char, Style) {
    match verdict {
        Verdict::Pass => ('✓', GOOD),
        Verdict::Fail if counts => ('✗', BAD),
        Verdict::Fail => ('!', OPEN),
        Verdict::Incomplete => ('?', OPEN),
        Verdict::NotRun => ('-', DIM),
    }
}
