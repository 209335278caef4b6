//! The requirements by area, one line each.

use std::fmt::Write as _;

use super::paint::{BOLD, DIM, sign};
use crate::{report::overview::Subject, run::Outcome, verdict::Verdict};

pub(super) fn write(text: &mut String, subjects: &[Subject<'_>]) {
    let mut area = None;
    for subject in subjects {
        let requirement = subject.requirement;
        let outcomes = subject.scenarios.iter().map(|scenario| &scenario.outcome);
        let is_due = |one: &&Outcome| !matches!(one, Outcome::NotRun | Outcome::Skipped(_));
        let due = outcomes.clone().filter(is_due).count();
        let passed = outcomes.filter(|one| **one == Outcome::Passed).count();
        if due == 0 {
            continue;
        }
        if area != Some(&requirement.area) {
            area = Some(&requirement.area);
            let _ = writeln!(text, "\n{BOLD}{}{BOLD:#}", requirement.area);
        }
        let (sign, colour) = sign(subject.verdict, subject.counts);
        let _ = write!(
            text,
            "  {colour}{sign} {:<9}{colour:#} {DIM}{:<6}{DIM:#} {}",
            requirement.id, requirement.level, requirement.title
        );
        let note = match subject.verdict {
            Verdict::Pass => String::new(),
            Verdict::Fail if due == 1 => String::new(),
            Verdict::Fail | Verdict::NotRun => format!(" ({passed} of {due} scenarios pass)"),
            Verdict::Incomplete => " (not judged)".to_owned(),
        };
        let _ = writeln!(text, "{DIM}{note}{DIM:#}");
    }
}
