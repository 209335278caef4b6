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
    /// Its title, placeholders filled in.
    pub name: String,
    /// Where it is in the features.
    pub location: Location,
    /// The word for it: [`Outcome::as_str`].
    pub outcome: String,
    /// How long it took.
    pub duration_seconds: f64,
    /// Why it failed, where it has.
    pub failure: Option<FailureEntry>,
    /// Why it could not be judged, where that is so.
    pub obstacle: Option<ObstacleEntry>,
    /// Why it does not apply to this kind of target.
    pub skipped: Option<String>,
    /// Everything that it sent and got.
    pub exchanges: Vec<ExchangeEntry>,
}

/// What a step found wrong.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FailureEntry {
    /// The step that found it, with its keyword.
    pub step: String,
    /// Where that step is.
    pub location: Location,
    /// What was expected, in a line.
    pub expected: String,
    /// What came, in a line.
    pub actual: String,
    /// All that differs.
    pub mismatches: Vec<Mismatch>,
    /// The exchange that shows it, by its place among the scenario's.
    pub exchange: Option<usize>,
    /// Commands that repeat it: the story's script, where there is one.
    pub curl: Vec<String>,
    /// How it came to it, where that takes more than one scenario's steps to tell.
    pub story: Option<StoryEntry>,
}

/// How it came to a failure.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StoryEntry {
    /// What was done to make it as short as it is.
    pub note: String,
    /// The calls, in their order.
    pub lines: Vec<StoryLine>,
}

/// Why a scenario could not be judged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ObstacleEntry {
    /// The cause, as a sentence.
    pub cause: String,
    /// The requirement that is in the way, where one is.
    pub blocked_by: Option<String>,
    /// The step that came to it, with its keyword.
    pub step: Option<String>,
    /// Where that step is.
    pub location: Option<Location>,
    /// All that differs from what it needs.
    pub mismatches: Vec<Mismatch>,
    /// The exchange that shows it, by its place among the scenario's.
    pub exchange: Option<usize>,
    /// Commands that repeat it.
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
