//! A scenario in the report, with why it did not pass.

use serde::{Deserialize, Serialize};

use super::{ExchangeEntry, document::seconds};
use crate::{
    curl,
    failure::{FailedStep, Failure, Mismatch, Obstacle, Story},
    run::{Outcome, ScenarioRecord},
    transcript::Exchange,
};

/// One scenario and what became of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ScenarioEntry {
    /// Its title, placeholders filled in.
    pub name: String,
    /// Where it stands, `file:line`.
    pub location: String,
    /// `passed`, `failed`, `incomplete`, `skipped` or `not-run`.
    pub outcome: String,
    /// How long it took.
    pub duration_seconds: f64,
    /// What a step found wrong; null unless `failed`.
    pub failure: Option<FailureEntry>,
    /// Why it could not be judged; null unless `incomplete`.
    pub obstacle: Option<ObstacleEntry>,
    /// Why it does not apply to this kind of target; null unless `skipped`.
    pub skipped: Option<String>,
    /// Everything that it sent and got, fixtures included, in order.
    pub exchanges: Vec<ExchangeEntry>,
}

/// What a step found wrong.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FailureEntry {
    /// The step as written, keyword included.
    pub step: String,
    /// Where it stands, `file:line`.
    pub location: String,
    /// All that was expected, one line a difference.
    pub expected: String,
    /// All that came instead, one line a difference.
    pub actual: String,
    /// The differences one by one.
    pub mismatches: Vec<MismatchEntry>,
    /// Which of the scenario's exchanges shows it, counted from 0.
    pub exchange: Option<usize>,
    /// The scenario's requests up to that one, as commands to repeat; the last one shows it. Where
    /// there is a story, one script that repeats it from nothing.
    pub curl: Vec<String>,
    /// How it came to that, where it takes more than one call; null elsewhere.
    pub story: Option<StoryEntry>,
}

/// The shortest history that was found to lead to a failure.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StoryEntry {
    /// How it came to be so short, or why it is not.
    pub note: String,
    /// What happened, a call a line; the last one shows the failure.
    pub lines: Vec<StoryLineEntry>,
}

/// One call of a story.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StoryLineEntry {
    /// Who does what.
    pub told: String,
    /// The method and the path.
    pub asked: String,
    /// What came.
    pub came: String,
    /// What would have been right, where something else came.
    pub expected: Option<String>,
}

impl StoryEntry {
    fn of(story: &Story) -> Self {
        let lines = story.lines.iter().map(|line| StoryLineEntry {
            told: line.told.clone(),
            asked: line.asked.clone(),
            came: line.came.clone(),
            expected: line.expected.clone(),
        });
        Self {
            note: story.note.clone(),
            lines: lines.collect(),
        }
    }
}

/// Why a scenario could not be judged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ObstacleEntry {
    /// The cause, as a sentence.
    pub cause: String,
    /// The requirement whose failure stands in the way.
    pub blocked_by: Option<String>,
    /// The step that could not be carried out, keyword included.
    pub step: Option<String>,
    /// Where that stands, `file:line`.
    pub location: Option<String>,
    /// What differed from what the step needs.
    pub mismatches: Vec<MismatchEntry>,
    /// Which of the scenario's exchanges shows it, counted from 0.
    pub exchange: Option<usize>,
    /// The scenario's requests up to that one, as commands to repeat.
    pub curl: Vec<String>,
}

/// One difference.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct MismatchEntry {
    /// The part of the answer.
    pub what: String,
    /// What would have been right.
    pub expected: String,
    /// What was there.
    pub actual: String,
}

impl ScenarioEntry {
    pub(super) fn of(record: &ScenarioRecord) -> Self {
        let (failure, obstacle, skipped) = match &record.outcome {
            Outcome::Failed(failure) => (
                Some(FailureEntry::of(failure, &record.exchanges)),
                None,
                None,
            ),
            Outcome::Incomplete(obstacle) => (
                None,
                Some(ObstacleEntry::of(obstacle, &record.exchanges)),
                None,
            ),
            Outcome::Skipped(reason) => (None, None, Some(reason.clone())),
            Outcome::Passed | Outcome::NotRun => (None, None, None),
        };
        Self {
            name: record.name.clone(),
            location: record.location.to_string(),
            outcome: record.outcome.as_str().to_owned(),
            duration_seconds: seconds(record.duration),
            failure,
            obstacle,
            skipped,
            exchanges: record.exchanges.iter().map(ExchangeEntry::of).collect(),
        }
    }
}

impl FailureEntry {
    fn of(failure: &Failure, exchanges: &[Exchange]) -> Self {
        Self {
            step: as_written(&failure.step),
            location: failure.step.location.to_string(),
            expected: failure.expected(),
            actual: failure.actual(),
            mismatches: entries(&failure.mismatches),
            exchange: failure.exchange,
            curl: match &failure.story {
                Some(story) => story.script.clone(),
                None => commands(exchanges, failure.exchange),
            },
            story: failure.story.as_deref().map(StoryEntry::of),
        }
    }
}

impl ObstacleEntry {
    fn of(obstacle: &Obstacle, exchanges: &[Exchange]) -> Self {
        Self {
            cause: obstacle.cause.clone(),
            blocked_by: obstacle.blocked_by.clone(),
            step: obstacle.step.as_ref().map(as_written),
            location: obstacle.step.as_ref().map(|step| step.location.to_string()),
            mismatches: entries(&obstacle.mismatches),
            exchange: obstacle.exchange,
            curl: commands(exchanges, obstacle.exchange),
        }
    }
}

fn as_written(step: &FailedStep) -> String {
    format!("{} {}", step.keyword.trim(), step.text)
}

fn entries(mismatches: &[Mismatch]) -> Vec<MismatchEntry> {
    mismatches
        .iter()
        .map(|mismatch| MismatchEntry {
            what: mismatch.what.clone(),
            expected: mismatch.expected.clone(),
            actual: mismatch.actual.clone(),
        })
        .collect()
}

fn commands(exchanges: &[Exchange], last: Option<usize>) -> Vec<String> {
    let count = last.map_or(exchanges.len(), |last| last.saturating_add(1));
    exchanges
        .iter()
        .take(count)
        .map(|exchange| curl::command(&exchange.request))
        .collect()
}
