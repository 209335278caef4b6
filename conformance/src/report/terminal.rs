//! The report that people read on a terminal: every requirement on a line, failures with all
//! that ends the search, the summary at the very end.

mod failures;
mod paint;
mod printed;
mod requirements;
mod summary;

use std::fmt::Write as _;

use crate::{
    run::{Ending, Run, TargetInfo},
    visible::{visible, visible_run},
};

/// The first line of a run: what is judged, and from which seed.
pub fn heading(target: &TargetInfo, seed: u64) -> String {
    let what = if target.description == target.url {
        target.url.clone()
    } else {
        format!("{} at {}", target.description, target.url)
    };
    let what = visible(&what);
    let bold = paint::BOLD;
    format!(
        "{bold}authspec {}{bold:#} judges {what} (seed {seed})\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The report of a client program's run, whose first lines are `summary`: it has no seed, and what
/// it sends costs nobody anything.
pub fn client(run: &Run, summary: &str, verbose: bool) -> String {
    let run = &visible_run(run);
    let bold = paint::BOLD;
    let mut text = format!(
        "{bold}authspec {}{bold:#} judges {}\n\n{summary}",
        env!("CARGO_PKG_VERSION"),
        run.target.description
    );
    requirements::write(&mut text, run);
    failures::write(&mut text, run, verbose);
    let _ = writeln!(text);
    summary::verdict(&mut text, run);
    text
}

/// The report of a run. With `verbose` every failed scenario is shown whole.
pub fn render(run: &Run, verbose: bool) -> String {
    let run = &visible_run(run);
    let mut text = String::new();
    // A target that never answered says nothing about any requirement.
    if !matches!(run.ending, Ending::Unreachable(_)) {
        requirements::write(&mut text, run);
        failures::write(&mut text, run, verbose);
    }
    printed::write(&mut text, run);
    let _ = writeln!(text);
    summary::write(&mut text, run);
    text
}
