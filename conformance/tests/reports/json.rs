//! The JSON report: it keeps to its schema, loses nothing, and reads back.

use std::sync::Arc;

use authspec::{
    http::Way,
    report::json::{self, Report, SCHEMA, parse},
    run::{Outcome, Run},
    scenario::Story,
    verdict::baseline::{Baseline, Judgement},
};
use serde_json::{Value, json};

use crate::sample;

/// The public schema lets readers meet members that they do not know; the tests do not, so that
/// nothing gets into the report that the schema says nothing about.
fn closed_schema() -> Value {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(members) => {
                members.values_mut().for_each(close);
                if members.contains_key("required") {
                    members.insert("additionalProperties".to_owned(), json!(false));
                }
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema = serde_json::from_str(SCHEMA).unwrap();
    close(&mut schema);
    schema
}

/// Fails with every place at which `report` breaks the schema.
pub(crate) fn assert_valid(report: &str) {
    let report: Value = serde_json::from_str(report).unwrap();
    let validator = jsonschema::validator_for(&closed_schema()).unwrap();
    let problems: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

fn baseline() -> Baseline {
    Baseline::parse(
        "[LOGIN-4]\nreason = 'known'\n[ROOT-1]\nreason = 'was'\n[OLD-1]\nreason = 'gone'\n",
    )
    .unwrap()
}

#[test]
fn every_report_keeps_to_the_schema() {
    for (_, run) in sample::all() {
        assert_valid(&json::render(&run, &Judgement::default()));
        assert_valid(&json::render(&run, &Judgement::of(&baseline(), &run)));
    }
}

#[test]
fn the_schema_is_one_and_notices_what_is_wrong() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&closed_schema()).unwrap();
    let whole: Value =
        serde_json::from_str(&json::render(&sample::failing(), &Judgement::default())).unwrap();
    for pointer in [
        "/verdict",
        "/requirements/4/verdict",
        "/requirements/4/scenarios/0/failure",
    ] {
        let mut broken = whole.clone();
        *broken.pointer_mut(pointer).unwrap() = Value::Null;
        assert!(!validator.is_valid(&broken), "{pointer}");
    }
    let mut more = whole;
    more["requirements"][0]["undocumented"] = json!(1);
    assert!(!validator.is_valid(&more));
}

/// A failing run with what only the report of it tells: a script, the way to the target, and a
/// body that was cut.
fn told() -> Run {
    let mut run = sample::failing();
    for scenario in &mut run.scenarios {
        if let Outcome::Failed(failure) = &mut scenario.outcome
            && scenario.requirement == "LOGIN-4"
        {
            failure.story = Some(Box::new(Story {
                note: "as short as it gets".to_owned(),
                lines: Vec::new(),
                script: vec!["BASE=http://127.0.0.1:5000".to_owned()],
            }));
        }
        for exchange in &mut scenario.exchanges {
            exchange.request.way = Arc::new(Way {
                insecure: true,
                ..Way::default()
            });
            if let Ok(response) = &mut exchange.answer {
                response.body.resize(20_000, b'x');
            }
        }
    }
    run
}

#[test]
fn a_report_that_is_read_back_and_written_again_is_the_same() {
    for (_, run) in sample::all().into_iter().chain([("told", told())]) {
        let judgement = Judgement::of(&baseline(), &run);
        let text = json::render(&run, &judgement);
        let read = parse(&text).unwrap();
        assert_eq!(read, Report::of(&run, &judgement));
        assert_eq!(json::text(&read), text);
    }
}

#[test]
fn all_requirements_are_in_it_whatever_was_reached() {
    let lengths: Vec<usize> = sample::all()
        .iter()
        .map(|(_, run)| Report::of(run, &Judgement::default()).requirements.len())
        .collect();
    assert!(lengths.iter().all(|length| *length == lengths[0]));
}

#[test]
fn a_failure_says_what_was_expected_what_came_and_how_to_repeat_it() {
    let report: Value =
        serde_json::from_str(&json::render(&sample::failing(), &Judgement::default())).unwrap();
    let failure = &report["requirements"][4]["scenarios"][0]["failure"];
    insta::assert_snapshot!(serde_json::to_string_pretty(failure).unwrap());
}

#[test]
fn the_report_of_a_failing_run() {
    insta::assert_snapshot!(json::render(
        &sample::failing(),
        &Judgement::of(&baseline(), &sample::failing())
    ));
}

#[test]
fn the_report_of_a_passing_run() {
    insta::assert_snapshot!(json::render(&sample::passing(), &Judgement::default()));
}
