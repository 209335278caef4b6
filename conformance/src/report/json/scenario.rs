//! A scenario in the report, with why it did not pass.

use serde::{Deserialize, Serialize};

use super::exchange::{ExchangeEntry, seconds};
use crate::{
    http::{Exchange, Mismatch, curl},
    run::{Outcome, ScenarioRecord},
    scenario::{Failure, Obstacle, Story, StoryLine},
    suite::Location,
};

/// A scenario and what became of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ScenarioEntry {
    pub name: String,
    pub location: Location,
    /// The word for it: [`Outcome::as_str`].
    pub outcome: String,
    pub duration_seconds: f64,
    pub failure: Option<FailureEntry>,
    pub obstacle: Option<ObstacleEntry>,
    /// Why it does not apply to this kind of target.
    pub skipped: Option<String>,
    pub exchanges: Vec<ExchangeEntry>,
}

/// What a step found wrong.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FailureEntry {
    pub step: String,
    pub location: Location,
    pub expected: String,
    pub actual: String,
    pub mismatches: Vec<Mismatch>,
    pub exchange: Option<usize>,
    /// Commands that repeat it: the story's script, where there is one.
    pub curl: Vec<String>,
    pub story: Option<StoryEntry>,
}

/// How it came to a failure.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StoryEntry {
    pub note: String,
    pub lines: Vec<StoryLine>,
}

/// Why a scenario could not be judged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ObstacleEntry {
    pub cause: String,
    pub blocked_by: Option<String>,
    pub step: Option<String>,
    pub location: Option<Location>,
    pub mismatches: Vec<Mismatch>,
    pub exchange: Option<usize>,
    pub curl: Vec<String>,
}

impl ScenarioEntry {
    pub(super) fn of(record: &ScenarioRecord) -> Self {
        let exchanges = &record.exchanges;
        let mut entry = Self {
            name: record.name.clone(),
            location: record.location.clone(),
            outcome: record.outcome.as_str().to_owned(),
            duration_seconds: seconds(record.duration),
            failure: None,
            obstacle: None,
            skipped: None,
            exchanges: exchanges.iter().map(ExchangeEntry::of).collect(),
        };
        match &record.outcome {
            Outcome::Failed(failure) => entry.failure = Some(FailureEntry::of(failure, exchanges)),
            Outcome::Incomplete(obstacle) => {
                entry.obstacle = Some(ObstacleEntry::of(obstacle, exchanges));
            }
            Outcome::Skipped(reason) => entry.skipped = Some(reason.clone()),
            Outcome::Passed | Outcome::NotRun => {}
        }
        entry
    }
}

impl FailureEntry {
    fn of(failure: &Failure, exchanges: &[Exchange]) -> Self {
        let story = failure.story.as_deref();
        Self {
            step: failure.step.to_string(),
            location: failure.step.location.clone(),
            expected: failure.expected(),
            actual: failure.actual(),
            mismatches: failure.mismatches.clone(),
            exchange: failure.exchange,
            curl: match story {
                Some(story) => story.script.clone(),
                None => commands(exchanges, failure.exchange),
            },
            story: story.map(|Story { note, lines, .. }| StoryEntry {
                note: note.clone(),
                lines: lines.clone(),
            }),
        }
    }
}

impl ObstacleEntry {
    fn of(obstacle: &Obstacle, exchanges: &[Exchange]) -> Self {
        let step = obstacle.step.as_ref();
        Self {
            cause: obstacle.cause.clone(),
            blocked_by: obstacle.blocked_by.clone(),
            step: step.map(ToString::to_string),
            location: step.map(|step| step.location.clone()),
            mismatches: obstacle.mismatches.clone(),
            exchange: obstacle.exchange,
            curl: commands(exchanges, obstacle.exchange),
        }
    }
}

/// The requests up to the one that shows it, as commands to repeat.
fn commands(exchanges: &[Exchange], last: Option<usize>) -> Vec<String> {
    let count = last.map_or(exchanges.len(), |last| last.saturating_add(1));
    exchanges
        .iter()
        .take(count)
        .map(|exchange| curl::command(&exchange.request))
        .collect()
}
