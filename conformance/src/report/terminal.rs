//! The report that people read on a terminal: every requirement on a line, failures with all
//! that ends the search, the summary at the very end.

mod afterwards;
mod failures;
pub(crate) mod paint;
mod printed;
mod requirements;
mod summary;

use std::fmt::Write as _;

pub use afterwards::{baseline_lines, next_step_line};

use super::overview::{Overview, Subject};
use crate::{
    http::{Exchange, visible::visible},
    report::shown::{visible_failure, visible_failures},
    run::{Ending, Run},
    scenario::Failure,
    target::TargetInfo,
    verdict::baseline::Judgement,
};
use paint::BOLD;

/// The first line of a run: what is judged, and from which seed.
pub fn heading(target: &TargetInfo, seed: u64) -> String {
    let what = if target.description == target.url {
        target.url.clone()
    } else {
        format!("{} at {}", target.description, target.url)
    };
    let what = visible(&what);
    format!(
        "{BOLD}authspec {}{BOLD:#} judges {what} (seed {seed})\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The report of a client program's run, whose first lines are `summary`: it has no seed, and what
/// it sends costs nobody anything.
pub fn client(run: &Run, summary: &str, verbose: bool) -> String {
    let run = &visible_failures(run);
    let mut text = format!(
        "{BOLD}authspec {}{BOLD:#} judges {}\n\n{summary}",
        env!("CARGO_PKG_VERSION"),
        run.target.description
    );
    requirements(&mut text, run, verbose);
    let _ = writeln!(text);
    summary::brief(&mut text, run);
    text
}

/// What a departure outside a run looks like: how it came to that, what was expected, what came,
/// and a script that repeats it.
pub fn departure(failure: &Failure, shows: Option<&Exchange>) -> String {
    let mut text = String::new();
    let (failure, shows) = visible_failure(failure, shows);
    failures::departure(&mut text, &failure, shows.as_ref());
    text
}

/// What is wrong with one requirement of a run.
pub fn one(run: &Run, id: &str) -> String {
    let run = &visible_failures(run);
    let baseline = &Judgement::default();
    let subjects: Vec<Subject<'_>> = Overview { run, baseline }
        .subjects()
        .filter(|subject| subject.requirement.id == id)
        .collect();
    let mut text = String::new();
    failures::write(&mut text, &subjects, false);
    text
}

/// What holds of each level, and the verdict.
pub fn totals(run: &Run) -> String {
    let mut text = String::new();
    summary::brief(&mut text, &visible_failures(run));
    text
}

/// The requirements, and what is wrong with them. A baseline has its say afterwards.
fn requirements(text: &mut String, run: &Run, verbose: bool) {
    let baseline = &Judgement::default();
    let subjects: Vec<Subject<'_>> = Overview { run, baseline }.subjects().collect();
    requirements::write(text, &subjects);
    failures::write(text, &subjects, verbose);
    failures::unjudged(text, run, verbose);
}

/// The report of a run. With `verbose` every failed scenario is shown whole.
pub fn render(run: &Run, verbose: bool) -> String {
    let run = &visible_failures(run);
    let mut text = String::new();
    // A target that never answered says nothing about any requirement.
    if !matches!(run.ending, Ending::Unreachable(_)) {
        requirements(&mut text, run, verbose);
    }
    printed::write(&mut text, run);
    let _ = writeln!(text);
    summary::write(&mut text, run);
    text
}
