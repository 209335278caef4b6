//! What a baseline makes of a run, and what to mend first, as the last lines on a terminal.

use std::fmt::Write as _;

use super::paint::BOLD;
use crate::{
    http::visible::visible,
    report::overview::{Concern, Overview, counted},
    run::Run,
    verdict::{baseline::Judgement, next_step},
};

/// The known failures with their reasons, what to delete, and where the target stands with the
/// baseline's say. Empty without a baseline.
pub fn baseline_lines(run: &Run, baseline: &Judgement) -> String {
    let mut text = String::new();
    if !baseline.applied {
        return text;
    }
    let overview = Overview { run, baseline };
    let _ = writeln!(text);
    for subject in overview.subjects() {
        let id = &subject.requirement.id;
        if let Some(known) = subject.blocked_by {
            let _ = writeln!(text, "known: {id} (not judged because of {known})");
        } else if let (Some(Concern::Known), Some(entry)) = (subject.concern(), subject.entry) {
            let _ = writeln!(text, "known: {id} ({})", visible(&entry.reason));
        }
    }
    for stale in &baseline.stale {
        let _ = writeln!(text, "stale: {}", visible(&stale.to_string()));
    }
    let _ = writeln!(
        text,
        "with the baseline: {}, exit status {}",
        overview.headline(),
        baseline.exit_status(run).code()
    );
    text
}

/// What to mend first, as the very last line. Nothing where nothing that counts fails.
pub fn next_step_line(run: &Run, baseline: &Judgement) -> String {
    let Some(next) = next_step(run, baseline) else {
        return String::new();
    };
    let id = &next.requirement.id;
    let task = match next.requirement.tasks.first() {
        Some(task) => format!(", task {task}"),
        None => String::new(),
    };
    let waiting = match next.waiting.len() {
        0 => String::new(),
        1 => format!(": {} waits for it", next.waiting[0].id),
        others => format!(": {} wait for it", counted(others as u64, "other")),
    };
    format!(
        "next    {BOLD}{id}{BOLD:#}{task}{waiting} (authspec --requirement {id} --verbose shows it alone)\n"
    )
}
