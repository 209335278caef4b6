//! What a client program is held to, and the records that say how it did.

use std::time::Duration;

use super::calls;
use crate::{
    http::Mismatch,
    run::{Outcome, ScenarioRecord},
    scenario::{FailedStep, Failure},
    suite::{Level, Location, Requirement},
};

/// The requirement of each function is `CLIENT-` and its number; these follow.
pub(super) const IN_ORDER: &str = "CLIENT-9";
pub(super) const SILENT: &str = "CLIENT-10";
pub(super) const PAYLOADS: &str = "CLIENT-11";

pub(super) fn requirements() -> Vec<Requirement> {
    let functions = calls::FUNCTIONS.iter().map(|function| {
        let title = format!(
            "{function} makes its documented call, and notices a wrong status and what a caller lacks"
        );
        (id(function), Level::Must, title)
    });
    let rest = [
        (
            IN_ORDER,
            Level::Must,
            "the nine documented calls come in the documented order; others may stand between them",
        ),
        (
            SILENT,
            Level::Must,
            "against a server that does everything right it exits 0 and prints nothing",
        ),
        (
            PAYLOADS,
            Level::Should,
            "it notices a payload with another message, another email or another shape",
        ),
    ]
    .map(|(id, level, title)| (id.to_owned(), level, title.to_owned()));
    functions
        .chain(rest)
        .enumerate()
        .map(|(index, (id, level, title))| Requirement {
            id,
            level,
            tasks: vec![20],
            title,
            description: None,
            area: "client".to_owned(),
            location: place(index + 1),
        })
        .collect()
}

pub(super) fn id(function: &str) -> String {
    let at = calls::FUNCTIONS.iter().position(|known| *known == function);
    format!("CLIENT-{}", at.map_or(0, |at| at + 1))
}

/// There is no feature file of these: the document's task is where they stand.
fn place(line: usize) -> Location {
    Location {
        file: "task-20".to_owned(),
        line,
    }
}

pub(super) fn scenario(requirement: String, name: &str) -> ScenarioRecord {
    let line = requirement
        .trim_start_matches("CLIENT-")
        .parse()
        .unwrap_or(1);
    ScenarioRecord {
        requirement,
        name: name.to_owned(),
        location: place(line),
        outcome: Outcome::Passed,
        duration: Duration::ZERO,
        exchanges: Vec::new(),
    }
}

pub(super) fn failure(
    record: &ScenarioRecord,
    mismatches: Vec<Mismatch>,
    exchange: Option<usize>,
) -> Outcome {
    Outcome::Failed(Failure {
        step: FailedStep {
            keyword: "Then".to_owned(),
            text: record.name.clone(),
            location: record.location.clone(),
        },
        mismatches,
        exchange,
        story: None,
    })
}
