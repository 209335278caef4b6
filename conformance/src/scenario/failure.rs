//! Why a scenario did not pass: what was expected, what came, and at which step.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{http::Mismatch, suite::Location};

/// The step at which a scenario stopped.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FailedStep {
    /// `Given`, `When`, `Then` or `And`, as written.
    pub keyword: String,
    /// The step without its keyword.
    pub text: String,
    /// Where it stands.
    pub location: Location,
}

impl fmt::Display for FailedStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.keyword.trim(), self.text)
    }
}

/// What a step found wrong: everything that differs, not only the first.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure {
    /// The step.
    pub step: FailedStep,
    /// All differences, in the order of the answer: status, headers, body.
    pub mismatches: Vec<Mismatch>,
    /// Which exchange of the scenario's transcript shows it.
    pub exchange: Option<usize>,
    /// How it came to that, where it takes more than one call.
    pub story: Option<Box<Story>>,
}

/// The shortest history that was found to lead to a failure.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Story {
    /// How it came to be so short, or why it is not.
    pub note: String,
    /// What happened, a call a line; the last one shows the failure.
    pub lines: Vec<StoryLine>,
    /// Commands for a POSIX shell that repeat it from nothing.
    pub script: Vec<String>,
}

/// One call of a story.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct StoryLine {
    /// Who does what.
    pub told: String,
    /// The route, such as `POST /users`.
    pub asked: String,
    /// The status that came, and for the last call the body.
    pub came: String,
    /// What would have been right, where something else came.
    pub expected: Option<String>,
}

impl Failure {
    /// Everything that was expected, one line a mismatch.
    pub fn expected(&self) -> String {
        self.lines(|mismatch| &mismatch.expected)
    }

    /// Everything that came instead, one line a mismatch.
    pub fn actual(&self) -> String {
        self.lines(|mismatch| &mismatch.actual)
    }

    fn lines(&self, side: impl Fn(&Mismatch) -> &String) -> String {
        let lines: Vec<String> = self
            .mismatches
            .iter()
            .map(|mismatch| format!("{}: {}", mismatch.what, side(mismatch)))
            .collect();
        lines.join("\n")
    }
}

/// Why a scenario could not be judged at all.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Obstacle {
    /// The cause, as a sentence for the person who reads the report.
    pub cause: String,
    /// The requirement whose failure stands in the way, where one is known.
    pub blocked_by: Option<String>,
    /// The step that could not be carried out, where it got that far.
    pub step: Option<FailedStep>,
    /// What differed from what the step needs.
    pub mismatches: Vec<Mismatch>,
    /// Which exchange of the scenario's transcript shows it.
    pub exchange: Option<usize>,
}

impl Obstacle {
    /// An obstacle that is not the doing of a step: the target is gone, the deadline has passed.
    pub fn outside(cause: impl Into<String>) -> Self {
        Self {
            cause: cause.into(),
            blocked_by: None,
            step: None,
            mismatches: Vec::new(),
            exchange: None,
        }
    }
}
