//! Two reports side by side.

use authspec::{
    report::{
        compare::{Change, Comparison},
        json::{self, Report, parse},
    },
    run::Run,
    verdict::{ExitStatus, baseline::Judgement},
};
use proptest::prelude::*;

use crate::sample;

fn document(run: &Run) -> Report {
    parse(&json::render(run, &Judgement::default())).unwrap()
}

fn between(old: &Run, new: &Run) -> Comparison {
    Comparison::of(&document(old), &document(new))
}

fn ids(comparison: &Comparison, change: Change) -> Vec<&str> {
    comparison
        .changes
        .iter()
        .filter(|changed| changed.change == change)
        .map(|changed| changed.id.as_str())
        .collect()
}

#[test]
fn what_passed_and_fails_is_broken() {
    let comparison = between(&sample::passing(), &sample::failing());
    assert_eq!(
        ids(&comparison, Change::Broken),
        ["REG-6", "LOGIN-4", "PROFILE-1"]
    );
    assert_eq!(ids(&comparison, Change::Lost), ["PROFILE-2"]);
    assert_eq!(comparison.exit_status(), ExitStatus::Fails);
    insta::assert_snapshot!(comparison.text());
}

#[test]
fn what_failed_and_passes_is_fixed() {
    let comparison = between(&sample::failing(), &sample::passing());
    assert_eq!(
        ids(&comparison, Change::Fixed),
        ["REG-6", "LOGIN-4", "PROFILE-1", "PROFILE-2"]
    );
    assert_eq!(ids(&comparison, Change::New), ["LOGIN-9", "LOGIN-10"]);
    assert_eq!(comparison.exit_status(), ExitStatus::Conforms);
}

#[test]
fn what_fails_on_is_not_broken() {
    let comparison = between(&sample::failing(), &sample::failing());
    assert_eq!(
        ids(&comparison, Change::StillFailing),
        ["REG-6", "LOGIN-4", "PROFILE-1"]
    );
    assert_eq!(comparison.exit_status(), ExitStatus::Conforms);
}

#[test]
fn what_cannot_be_judged_any_more_is_no_success() {
    let comparison = between(&sample::passing(), &sample::interrupted());
    assert_eq!(comparison.exit_status(), ExitStatus::Incomplete);
    assert_eq!(
        comparison.notes,
        ["the new run was cut short (interrupted)"]
    );
}

#[test]
fn suites_that_differ_are_said_to() {
    let mut newer = sample::failing();
    "sha256:ff".clone_into(&mut newer.suite.digest);
    newer.requirements[4].id = "LOGIN-99".to_owned();
    for scenario in &mut newer.scenarios {
        if scenario.requirement == "LOGIN-4" {
            scenario.requirement = "LOGIN-99".to_owned();
        }
    }
    let comparison = between(&sample::passing(), &newer);
    assert_eq!(ids(&comparison, Change::NewFailure), ["LOGIN-99"]);
    assert_eq!(ids(&comparison, Change::Gone), ["LOGIN-4"]);
    insta::assert_snapshot!(comparison.text());
}

#[test]
fn what_is_no_report_is_named_as_such() {
    let message = |text: &str| parse(text).unwrap_err().to_string();
    assert!(message("{").starts_with("it is no JSON report of authspec"));
    assert!(message("{}").contains("missing field"));
    assert_eq!(
        message("{\"format_version\": 2}"),
        "it has format version 2, and this authspec reads 1"
    );
}

#[test]
fn members_that_are_not_known_are_passed_over() {
    let text = json::render(&sample::passing(), &Judgement::default());
    let more = text.replacen('{', "{\"added_later\": [1],", 1);
    assert_eq!(parse(&more).unwrap(), parse(&text).unwrap());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        let _ = parse(&text);
    }
}
