//! What a target that was started printed, where that may say what went wrong.

use std::fmt::Write as _;

use super::paint::DIM;
use crate::{
    run::{Ending, Run},
    scenario::expect::shown,
};

/// Lines shown of the end; the reports hold all that was kept.
const LINES: usize = 20;

pub(super) fn write(text: &mut String, run: &Run) {
    let Some(output) = &run.target.output else {
        return;
    };
    if !matches!(run.ending, Ending::Unreachable(_) | Ending::TargetLost(_)) {
        return;
    }
    let lines: Vec<&str> = output.lines().collect();
    if lines.is_empty() {
        let _ = writeln!(text, "\n{DIM}The command printed nothing.{DIM:#}");
        return;
    }
    let left_out = lines.len().saturating_sub(LINES);
    let title = if left_out == 0 {
        "What the command printed:".to_owned()
    } else {
        format!("The last {LINES} lines that the command printed:")
    };
    let _ = writeln!(text, "\n{DIM}{title}{DIM:#}");
    for line in &lines[left_out..] {
        let _ = writeln!(text, "  {DIM}|{DIM:#} {}", shown(line));
    }
}
