//! Features that prove nothing are refused before anything is sent.

use std::{collections::BTreeMap, fs};

use crate::support::{authspec, status, stderr};
use authspec::suite::{Catalogue, Level};

/// Runs a feature against a target that must never hear of it.
fn refused(feature: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("x.feature"), feature).expect("a file");
    let folder = folder.path().display().to_string();
    let output = authspec(&["--features", &folder, "--base-url", "http://127.0.0.1:1"])
        .output()
        .expect("it starts");
    assert_eq!(status(&output), 2, "{feature}");
    stderr(&output)
}

fn feature(rule_tags: &str, body: &str) -> String {
    format!("Feature: F\n\n  {rule_tags}\n  Rule: R\n\n{body}")
}

const GOOD: &str =
    "    Scenario: S\n      When a visitor requests GET /\n      Then the answer is 200\n";

#[test]
fn each_way_to_prove_nothing_is_found() {
    let cases = [
        (
            feature(
                "@X-1 @must",
                "    Scenario: S\n      When somebody dances\n      Then the answer is 200\n",
            ),
            "no definition matches",
        ),
        (
            feature(
                "@X-1 @must",
                "    Scenario: S\n      When a visitor requests GET /\n",
            ),
            "asserts nothing",
        ),
        (
            feature(
                "@X-1 @must",
                "    Scenaro: S\n      When a visitor requests GET /\n",
            ),
            "has no scenario",
        ),
        (
            feature(
                "@X-1 @must",
                "    Scenario Outline: S\n      When a visitor requests GET <path>\n      Then the answer is 200\n",
            ),
            "placeholder",
        ),
        (
            feature(
                "@X-1 @must",
                "    Scenario Outline: S\n      When a visitor requests GET <path>\n      Then the answer is 200\n\n      Examples: none\n        | path |\n",
            ),
            "has no scenario",
        ),
        (
            feature(
                "@X-1 @must",
                "    Scenario Outline: S\n      When a visitor requests GET <pth>\n      Then the answer is 200\n\n      Examples: one\n        | path |\n        | / |\n",
            ),
            "has no column",
        ),
        (feature("@must", GOOD), "exactly one id"),
        (feature("@X-1", GOOD), "exactly one of @must"),
        (feature("@X-1 @must @task-21", GOOD), "names no task"),
        (
            feature("@X-1 @must", &format!("{GOOD}\n{GOOD}")),
            "has a scenario \"S\" already",
        ),
        (
            format!(
                "{}\n  @X-1 @must\n  Rule: R2\n\n{GOOD}",
                feature("@X-1 @must", GOOD)
            ),
            "is taken already",
        ),
        (format!("Feature: F\n\n{GOOD}"), "outside a rule"),
        ("Feature: F\n".to_owned(), "no rule"),
        ("Feature F\n".to_owned(), "no Gherkin"),
    ];
    for (text, hint) in cases {
        let said = refused(&text);
        assert!(said.contains(hint), "{text}\n{said}");
        assert!(said.contains("x.feature:"), "{said}");
    }
}

#[test]
fn a_folder_that_is_missing_or_empty_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().display().to_string();
    let missing = folder.path().join("missing").display().to_string();
    for (path, hint) in [
        (empty, "no file ending in .feature"),
        (missing, "cannot read"),
    ] {
        let output = authspec(&["--features", &path])
            .output()
            .expect("it starts");
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains(hint), "{}", stderr(&output));
    }
}

#[test]
fn the_line_of_a_row_is_its_own_in_spite_of_comments() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = feature(
        "@X-1 @must",
        "    Scenario Outline: <path>\n      When a visitor requests GET <path>\n      Then the answer is 200\n\n      Examples: two\n        | path |\n        # a comment\n        | / |\n\n        | /profile |\n",
    );
    fs::write(folder.path().join("x.feature"), &text).expect("a file");
    let catalogue = Catalogue::from_folder(folder.path()).expect("it is well-formed");
    for case in &catalogue.cases {
        let line = text.lines().nth(case.location.line - 1).unwrap_or_default();
        assert!(
            line.contains(&format!("| {} |", case.name)),
            "{}: {line}",
            case.name
        );
    }
}

/// Every id with its level, as it was published. Ids are stable: they are never renumbered and
/// never reused, and a requirement that becomes stricter is a new one.
#[test]
fn the_ids_and_levels_are_the_published_ones() {
    let catalogue = Catalogue::compiled_in().expect("the features are well-formed");
    let mut by_level: BTreeMap<Level, Vec<&str>> = BTreeMap::new();
    for requirement in &catalogue.requirements {
        by_level
            .entry(requirement.level)
            .or_default()
            .push(&requirement.id);
    }
    let text: Vec<String> = by_level
        .iter()
        .map(|(level, ids)| format!("{level}: {}", ids.join(" ")))
        .collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn every_task_with_a_route_or_a_rule_is_cited() {
    let catalogue = Catalogue::compiled_in().expect("the features are well-formed");
    // Tasks 1 to 4 are about classes alone; the reference server's own tests hold it to them.
    for task in (0..=20).filter(|task| !(1..=4).contains(task)) {
        assert!(
            catalogue
                .requirements
                .iter()
                .any(|r| r.tasks.contains(&task)),
            "task {task}"
        );
    }
}

#[test]
fn a_must_cites_its_task_and_silence_cites_none() {
    let catalogue = Catalogue::compiled_in().expect("the features are well-formed");
    for requirement in &catalogue.requirements {
        assert_eq!(
            requirement.level == Level::Must,
            !requirement.tasks.is_empty(),
            "{}",
            requirement.id
        );
    }
}

#[test]
fn a_tag_that_nothing_knows_is_refused() {
    for (tags, scenario_tags, unknown) in [
        ("@X-1 @should", "@risk.higest", "@risk.higest on a scenario"),
        ("@X-1 @should @slow", "", "@slow on a rule"),
        ("@X-1 @should", "@must", "@must on a scenario"),
    ] {
        let said = refused(&feature(tags, &format!("    {scenario_tags}\n{GOOD}")));
        assert!(
            said.contains(&format!("nothing knows the tag {unknown}")),
            "{said}"
        );
    }
    let said = refused("@fast\nFeature: F\n");
    assert!(
        said.contains("nothing knows the tag @fast on a feature"),
        "{said}"
    );
    let output = authspec(&["--tags", "not @risk.higest"])
        .output()
        .expect("it starts");
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("nothing knows the tag '@risk.higest'"),
        "{}",
        stderr(&output)
    );
}
