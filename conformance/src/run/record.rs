//! The model of a run: everything that happened, recorded. Verdicts and reports read it and
//! nothing else.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::{
    http::{Counts, Exchange},
    scenario::{Failure, Obstacle},
    suite::{Case, Location, Requirement},
    target::TargetInfo,
};

/// One execution of the suite, finished or cut short.
#[derive(Clone, Debug)]
pub struct Run {
    /// Which suite it was.
    pub suite: Suite,
    /// What was judged.
    pub target: TargetInfo,
    /// What the run's emails and passwords were made from; the same seed makes the same ones.
    pub seed: u64,
    /// When it began.
    pub started: SystemTime,
    /// How long it took.
    pub duration: Duration,
    /// Whether `should` counts as `must` does.
    pub strict: bool,
    /// Every requirement of the suite, in the order of the features, whatever was selected.
    pub requirements: Vec<Requirement>,
    /// Every scenario of the suite, in the order of the features, whatever was selected.
    pub scenarios: Vec<ScenarioRecord>,
    /// What was sent.
    pub counts: Counts,
    /// How it came to its end.
    pub ending: Ending,
}

impl Run {
    /// The scenarios of one requirement, in the order of the features.
    pub fn scenarios_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a ScenarioRecord> {
        self.scenarios
            .iter()
            .filter(move |scenario| scenario.requirement == id)
    }
}

/// Which suite judged.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Suite {
    /// Its name: `authspec`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// A digest of the features' text, `sha256:…`: the same digest asks the same.
    pub digest: String,
}

/// A scenario (or one row of an outline) and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioRecord {
    /// The id of the requirement that it belongs to.
    pub requirement: String,
    /// Its title, placeholders filled in.
    pub name: String,
    /// Where it stands; for a row of an outline the row.
    pub location: Location,
    /// What became of it.
    pub outcome: Outcome,
    /// How long it took.
    pub duration: Duration,
    /// Everything that it sent and got, fixtures included.
    pub exchanges: Vec<Exchange>,
}

impl ScenarioRecord {
    /// The record of a case that took no time and sent nothing.
    pub(super) fn without_a_turn(case: &Case, outcome: Outcome) -> Self {
        Self {
            requirement: case.requirement.clone(),
            name: case.name.clone(),
            location: case.location.clone(),
            outcome,
            duration: Duration::ZERO,
            exchanges: Vec::new(),
        }
    }
}

/// What became of a scenario.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// Every step held.
    Passed,
    /// A step found the target at fault.
    Failed(Failure),
    /// It could not be judged: something that it needs was not to be had.
    Incomplete(Obstacle),
    /// It does not apply to this kind of target; the reason.
    Skipped(String),
    /// It was not selected.
    NotRun,
}

impl Outcome {
    /// The word that reports use for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed(_) => "failed",
            Self::Incomplete(_) => "incomplete",
            Self::Skipped(_) => "skipped",
            Self::NotRun => "not-run",
        }
    }

    /// What stood in the way, where it could not be judged.
    pub fn obstacle(&self) -> Option<&Obstacle> {
        match self {
            Self::Incomplete(obstacle) => Some(obstacle),
            _ => None,
        }
    }

    /// Whether it failed or could not be judged.
    pub fn is_bad(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Incomplete(_))
    }
}

/// How a run came to its end.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ending {
    /// Every selected scenario had its turn.
    Finished,
    /// The target did not answer before the first scenario.
    Unreachable(String),
    /// The target stopped answering in the middle.
    TargetLost(String),
    /// The time for the whole run passed.
    DeadlinePassed(Duration),
    /// Somebody pressed Ctrl-C, or the process was asked to end.
    Interrupted,
    /// The runner itself is at fault: this is a bug to report.
    Defect(String),
}
