//! Records for tests.

use std::time::Duration;

use crate::{
    run::{Outcome, ScenarioRecord},
    scenario::{FailedStep, Failure},
    suite::Location,
};

pub(super) fn location() -> Location {
    Location {
        file: "features/x.feature".to_owned(),
        line: 1,
    }
}

pub(super) fn failed() -> Outcome {
    Outcome::Failed(Failure {
        step: FailedStep {
            keyword: "Then".to_owned(),
            text: "the answer is 200".to_owned(),
            location: location(),
        },
        mismatches: Vec::new(),
        exchange: None,
        story: None,
    })
}

pub(super) fn record(requirement: &str, outcome: Outcome) -> ScenarioRecord {
    ScenarioRecord {
        requirement: requirement.to_owned(),
        name: "S".to_owned(),
        location: location(),
        outcome,
        duration: Duration::ZERO,
        exchanges: Vec::new(),
    }
}
