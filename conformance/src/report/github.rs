//! What GitHub Actions gets without being asked: an annotation for each failed requirement, and
//! the step summary.

use std::{
    ffi::OsString,
    fmt::Write as _,
    fs::OpenOptions,
    io::{self, Write},
    path::PathBuf,
};

use super::{
    explanation, markdown,
    overview::{Concern, Overview},
};
use crate::{
    http::visible::visible, report::shown::visible_failures, run::Run, verdict::baseline::Judgement,
};

/// How many annotations of one kind GitHub shows for a step; it drops the rest silently.
const MOST: usize = 10;

/// The workflow run that this process is a step of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Actions {
    summary: Option<PathBuf>,
}

impl Actions {
    /// The workflow run, where `environment` says that there is one.
    pub fn detect(environment: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        let set = |name| environment(name).filter(|value| !value.is_empty());
        (set("GITHUB_ACTIONS")? == "true").then(|| Self {
            summary: set("GITHUB_STEP_SUMMARY").map(PathBuf::from),
        })
    }

    /// Adds the Markdown report to the step's summary.
    pub fn append_summary(&self, run: &Run, baseline: &Judgement) -> io::Result<()> {
        let Some(path) = &self.summary else {
            return Ok(());
        };
        let text = markdown::render(&visible_failures(run), baseline);
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)?
            .write_all(text.as_bytes())
    }
}

/// Two lines to print around everything that may hold a target's words. Between them GitHub
/// takes no line for a workflow command, so that a body with `::add-mask::` in it stays a body.
/// `token` must be one that the target cannot guess.
pub fn deaf_between(token: &str) -> (String, String) {
    (
        format!("::stop-commands::{token}\n"),
        format!("::{token}::\n"),
    )
}

/// The annotations, one workflow command a line: an error for each requirement that fails the
/// run, a warning for each that could not be judged and for each stale entry of the baseline, a
/// notice for what does not count.
pub fn annotations(run: &Run, baseline: &Judgement) -> String {
    let run = &visible_failures(run);
    let (mut errors, mut warnings, mut notices) = (Vec::new(), Vec::new(), Vec::new());
    let overview = Overview { run, baseline };
    for subject in overview.subjects() {
        let kind = match subject.concern() {
            Some(Concern::Fails) => &mut errors,
            Some(Concern::Unjudged) => &mut warnings,
            Some(Concern::Advice) => &mut notices,
            Some(Concern::Known) | None => continue,
        };
        let requirement = subject.requirement;
        let title = format!("{} ({})", requirement.id, requirement.level);
        let mut message = requirement.title.clone();
        for scenario in subject.scenarios {
            if scenario.outcome.is_bad() {
                let headline = explanation::headline(&scenario.outcome);
                let _ = write!(message, "\n{}: {headline}", scenario.location);
            }
        }
        kind.push((title, message));
    }
    warnings.extend(
        baseline
            .stale
            .iter()
            .map(|entry| ("Stale in the baseline".to_owned(), entry.to_string())),
    );
    [
        ("error", errors),
        ("warning", warnings),
        ("notice", notices),
    ]
    .into_iter()
    .flat_map(|(kind, found)| commands(kind, found))
    .collect()
}

/// The last one that GitHub shows tells how many it does not.
fn commands(kind: &'static str, mut found: Vec<(String, String)>) -> Vec<String> {
    if found.len() > MOST {
        let more = found.len() - (MOST - 1);
        found.truncate(MOST - 1);
        found.push((
            format!("{more} more"),
            "GitHub shows no more annotations: see the step summary".to_owned(),
        ));
    }
    found
        .iter()
        .map(|(title, message)| format!("::{kind} title={}::{}\n", property(title), data(message)))
        .collect()
}

/// A message of a workflow command.
fn data(text: &str) -> String {
    visible(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a workflow command, which also ends at a colon or a comma.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
