//! The Test Anything Protocol, version 14: a line a requirement, for harnesses that speak it.

use std::fmt::Write as _;

use super::overview::Overview;
use crate::{
    run::Run,
    verdict::{self, Verdict, baseline::Judgement},
};

/// The report: what fails and does not count is to do, and what was not judged is skipped.
pub(super) fn render(run: &Run, baseline: &Judgement) -> String {
    let overview = Overview::new(run, baseline);
    let run = overview.run;
    let mut text = format!("TAP version 14\n1..{}\n", run.requirements.len());
    for (number, requirement) in (1..).zip(&run.requirements) {
        let verdict = verdict::of(run, requirement);
        let ok = if verdict == Verdict::Fail {
            "not ok"
        } else {
            "ok"
        };
        let directive = match verdict {
            Verdict::Pass => "",
            Verdict::Fail if requirement.level.counts(run.strict) => "",
            Verdict::Fail => " # TODO does not count",
            _ => " # SKIP not judged",
        };
        let title = requirement.title.replace('#', "\\#");
        let _ = writeln!(
            text,
            "{ok} {number} - {} {title}{directive}",
            requirement.id
        );
    }
    text
}
