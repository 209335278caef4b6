//! What is shown: what changed, and one failure, whole.

use std::{fmt::Write as _, path::PathBuf};

use super::State;
use crate::{
    cli::{args::WatchArgs, output},
    http::visible::visible,
    report::{
        compare::Change,
        terminal::{
            self,
            paint::{BAD, BOLD, DIM, GOOD},
        },
    },
    run::Run,
    suite::Requirement,
    verdict::{self, Verdict},
};

/// Clears a terminal and begins at its top.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// The most file names that are told.
const MOST_FILES: usize = 3;

/// A terminal, where each picture takes the place of the one before, or a pipe, where they follow
/// one another.
pub(super) struct Screen {
    is_terminal: bool,
    what: String,
}

impl Screen {
    pub(super) fn new(is_terminal: bool, args: &WatchArgs) -> Self {
        let target = &args.target;
        let what = if target.command.is_empty() {
            target.base_url.clone().unwrap_or_default()
        } else {
            target.command.join(" ")
        };
        Self { is_terminal, what }
    }

    /// Tells on a terminal that judging begins; a pipe waits for what comes of it.
    pub(super) fn begins(&self, state: &State) {
        if !self.is_terminal {
            return;
        }
        let mut text = String::new();
        self.top(&mut text, state);
        let _ = match state.failures().first() {
            Some(first) => writeln!(text, "{} is judged first …", first.id),
            None => writeln!(text, "everything is judged …"),
        };
        self.print(&text);
    }

    /// Shows what is known.
    pub(super) fn show(&self, state: &State) {
        let mut text = String::new();
        self.top(&mut text, state);
        if let Some(run) = &state.unreached {
            text.push_str(&terminal::render(run, false));
        } else if let Some(first) = &state.first {
            self.first(&mut text, state, first);
        } else if let Some(whole) = &state.whole {
            changed(&mut text, state);
            text.push_str(&terminal::totals(whole));
            failure(&mut text, state, whole);
        }
        notes(&mut text, state);
        if self.is_terminal {
            let _ = writeln!(
                text,
                "\n{DIM}a everything again   n next failure   p previous   q quit{DIM:#}"
            );
        }
        self.print(&text);
    }

    fn top(&self, text: &mut String, state: &State) {
        let _ = writeln!(
            text,
            "{BOLD}authspec{BOLD:#} watches {}{}",
            visible(&self.what),
            because(&state.files)
        );
    }

    /// What was to be mended next, before everything else is judged.
    fn first(&self, text: &mut String, state: &State, first: &Run) {
        let Some(requirement) = state.failures().first().copied() else {
            return;
        };
        if verdict::of(first, requirement) == Verdict::Pass {
            let _ = writeln!(text, "{GOOD}✓ {} holds now{GOOD:#}", requirement.id);
        } else {
            text.push_str(&terminal::one(first, &requirement.id));
        }
        if self.is_terminal {
            let _ = writeln!(text, "\neverything else is being judged …");
        }
    }

    fn print(&self, text: &str) {
        if self.is_terminal {
            output::print(&format!("{CLEAR}{text}"));
        } else {
            output::print(&format!("{text}\n"));
        }
    }
}

fn because(files: &[PathBuf]) -> String {
    let names: Vec<String> = files
        .iter()
        .take(MOST_FILES)
        .map(|file| visible(&file.display().to_string()).into_owned())
        .collect();
    match (names.as_slice(), files.len().saturating_sub(MOST_FILES)) {
        ([], _) => String::new(),
        (names, 0) => format!(" ({} changed)", names.join(", ")),
        (names, more) => format!(" ({} and {more} more changed)", names.join(", ")),
    }
}

fn changed(text: &mut String, state: &State) {
    let mended = state.changed(&[Change::Fixed]);
    if !mended.is_empty() {
        let _ = writeln!(text, "{GOOD}mended{GOOD:#}  {}", mended.join(", "));
    }
    let broken = state.changed(&[Change::Broken, Change::Lost]);
    if !broken.is_empty() {
        let _ = writeln!(text, "{BAD}broken{BAD:#}  {}", broken.join(", "));
    }
    if state.runs > 1 && mended.is_empty() && broken.is_empty() {
        let _ = writeln!(text, "nothing mended, nothing broken");
    }
}

/// One failure, whole, and where it is among all.
fn failure(text: &mut String, state: &State, whole: &Run) {
    let failures = state.failures();
    let Some(shown): Option<&Requirement> = state.failure() else {
        return;
    };
    text.push_str(&terminal::one(whole, &shown.id));
    if failures.len() > 1 {
        let _ = writeln!(text, "\nfailure {} of {}", state.shown + 1, failures.len());
    }
}

fn notes(text: &mut String, state: &State) {
    for file in &state.own {
        let _ = writeln!(
            text,
            "{} changes whenever the server runs and is no longer watched; .gitignore can say so",
            visible(&file.display().to_string())
        );
    }
}
