//! The matrix for programs.

use serde_json::{Value, json};

use super::{Matrix, Trial};
use crate::{http::visible::in_json, run::Suite, verdict::Verdict};

/// The version of this format; another one means that a reader has to be changed.
const FORMAT_VERSION: u32 = 1;

/// The whole matrix as one JSON document.
pub fn render(matrix: &Matrix, suite: &Suite) -> String {
    let totals: Value = matrix
        .figures()
        .into_iter()
        .map(|(what, total, wrong, _)| {
            let name = what.replace(' ', "_");
            (name, json!({"total": total, "wrong": wrong}))
        })
        .collect();
    let requirements: Vec<Value> = matrix
        .rows
        .iter()
        .map(|row| {
            json!({
                "id": row.requirement.id,
                "level": row.requirement.level,
                "title": row.requirement.title,
                "caught": row.caught,
                "caught_too": row.caught_too,
            })
        })
        .collect();
    let wrong: Vec<Value> = matrix
        .wrong
        .iter()
        .map(|wrong| json!({"kind": wrong.word, "text": wrong.text}))
        .collect();
    let document = json!({
        "format_version": FORMAT_VERSION,
        "suite": {"name": suite.name, "version": suite.version, "digest": suite.digest},
        "whole": matrix.whole,
        "trusted": matrix.whole && matrix.wrong.is_empty(),
        "totals": totals,
        "wrong": wrong,
        "requirements": requirements,
        "subjects": matrix.trials.iter().map(subject).collect::<Vec<_>>(),
    });
    in_json(&format!("{document:#}\n")).into_owned()
}

fn subject(trial: &Trial) -> Value {
    let ids = |verdict| trial.with(verdict).map(|(id, _)| id).collect::<Vec<_>>();
    json!({
        "kind": trial.subject.kind,
        "id": trial.subject.id,
        "sentence": trial.subject.sentence,
        "about": trial.subject.about,
        "pass": ids(Verdict::Pass),
        "fail": ids(Verdict::Fail),
        "incomplete": ids(Verdict::Incomplete),
        "failures": trial.failures.iter().cloned().collect::<Value>(),
        "unlike": trial.unlike.iter().map(|(id, _, _)| id).collect::<Vec<_>>(),
        "broken": trial.broken,
        "requests": trial.requests,
        "duration_seconds": trial.duration.as_secs_f64(),
    })
}
