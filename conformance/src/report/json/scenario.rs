//! A scenario in the report, with why it did not pass, and how it is read back.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;

use super::report::seconds;
use crate::{
    http::{Exchange, curl},
    run::{Outcome, ScenarioRecord},
    scenario::{FailedStep, Failure, Obstacle},
    suite::Location,
};

impl Serialize for ScenarioRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (mut failure, mut obstacle, mut skipped) = (None, None, None);
        match &self.outcome {
            Outcome::Failed(found) => {
                failure = Some(json!({
                    "step": found.step.to_string(),
                    "location": found.step.location,
                    "expected": found.expected(),
                    "actual": found.actual(),
                    "mismatches": found.mismatches,
                    "exchange": found.exchange,
                    "curl": match &found.story {
                        Some(story) => story.script.clone(),
                        None => commands(&self.exchanges, found.exchange),
                    },
                    "story": found.story,
                }));
            }
            Outcome::Incomplete(found) => {
                obstacle = Some(json!({
                    "cause": found.cause,
                    "blocked_by": found.blocked_by,
                    "step": found.step.as_ref().map(ToString::to_string),
                    "location": found.step.as_ref().map(|step| &step.location),
                    "mismatches": found.mismatches,
                    "exchange": found.exchange,
                    "curl": commands(&self.exchanges, found.exchange),
                }));
            }
            Outcome::Skipped(reason) => skipped = Some(reason),
            Outcome::Passed | Outcome::NotRun => {}
        }
        json!({
            "name": self.name,
            "location": self.location,
            "outcome": self.outcome.as_str(),
            "duration_seconds": seconds(self.duration),
            "failure": failure,
            "obstacle": obstacle,
            "skipped": skipped,
            "exchanges": self.exchanges,
        })
        .serialize(serializer)
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

impl<'de> Deserialize<'de> for ScenarioRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            name: String,
            location: Location,
            outcome: String,
            duration_seconds: f64,
            failure: Option<Failure>,
            obstacle: Option<Obstacle>,
            skipped: Option<String>,
        }
        let written = Written::deserialize(deserializer)?;
        Ok(Self {
            // Known to whom it is listed under.
            requirement: String::new(),
            name: written.name,
            location: written.location,
            outcome: match (written.failure, written.obstacle, written.skipped) {
                (Some(failure), _, _) => Outcome::Failed(failure),
                (_, Some(obstacle), _) => Outcome::Incomplete(obstacle),
                (_, _, Some(reason)) => Outcome::Skipped(reason),
                _ if written.outcome == Outcome::Passed.as_str() => Outcome::Passed,
                _ => Outcome::NotRun,
            },
            duration: Duration::try_from_secs_f64(written.duration_seconds).unwrap_or_default(),
            exchanges: Vec::new(),
        })
    }
}

impl<'de> Deserialize<'de> for FailedStep {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            step: String,
            location: Location,
        }
        let Written { step, location } = Written::deserialize(deserializer)?;
        let (keyword, text) = step.split_once(' ').unwrap_or(("", &step));
        Ok(Self {
            keyword: keyword.to_owned(),
            text: text.to_owned(),
            location,
        })
    }
}
