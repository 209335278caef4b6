//! What a baseline makes of a run, as the last lines on a terminal.

use std::fmt::Write as _;

use crate::{
    http::visible::visible,
    report::overview::{Concern, Overview},
    run::Run,
    verdict::baseline::Judgement,
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
