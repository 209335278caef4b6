//! What GitHub Actions gets: annotations that a target cannot forge, and the summary.

use std::ffi::OsString;

use authspec::{
    report::github::{Actions, annotations, deaf_between},
    run::ScenarioRecord,
    verdict::baseline::{Baseline, Judgement},
};

use crate::sample;

#[test]
fn the_annotations_of_a_failing_run() {
    insta::assert_snapshot!(annotations(&sample::failing(), &Judgement::default()));
}

#[test]
fn the_annotations_of_a_stale_baseline() {
    let run = sample::passing();
    let baseline = Baseline::parse("[ROOT-1]\nreason = 'was'\n").unwrap();
    assert_eq!(
        annotations(&run, &Judgement::of(&baseline, &run)),
        "::warning title=Stale in the baseline::ROOT-1 passes now: delete [ROOT-1] from the baseline\n"
    );
}

#[test]
fn a_passing_run_has_none() {
    assert_eq!(annotations(&sample::passing(), &Judgement::default()), "");
}

#[test]
fn every_line_is_a_command_of_ours() {
    for line in annotations(&sample::failing(), &Judgement::default()).lines() {
        let ours = ["::error title=", "::warning title=", "::notice title="];
        assert!(ours.iter().any(|start| line.starts_with(start)), "{line}");
    }
}

#[test]
fn the_last_one_that_is_shown_tells_how_many_are_not() {
    let mut run = sample::failing();
    let failed = run
        .scenarios
        .iter()
        .find(|s| s.requirement == "LOGIN-4")
        .cloned()
        .unwrap();
    for index in 0..11 {
        let mut requirement = run.requirements[0].clone();
        requirement.id = format!("MANY-{index}");
        run.scenarios.push(ScenarioRecord {
            requirement: requirement.id.clone(),
            ..failed.clone()
        });
        run.requirements.push(requirement);
    }
    let text = annotations(&run, &Judgement::default());
    let errors: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("::error"))
        .collect();
    assert_eq!(errors.len(), 10);
    assert!(errors[9].starts_with("::error title=4 more::"));
}

#[test]
fn between_its_two_lines_github_listens_to_nobody() {
    let (stop, resume) = deaf_between("5f0c");
    assert_eq!(
        (stop.as_str(), resume.as_str()),
        ("::stop-commands::5f0c\n", "::5f0c::\n")
    );
}

fn environment<'a>(pairs: &'a [(&str, OsString)]) -> impl Fn(&str) -> Option<OsString> + 'a {
    |name| {
        pairs
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.clone())
    }
}

#[test]
fn the_summary_is_added_to_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("summary.md");
    std::fs::write(&path, "before\n").unwrap();
    let variables = [
        ("GITHUB_ACTIONS", "true".into()),
        ("GITHUB_STEP_SUMMARY", path.clone().into_os_string()),
    ];
    let actions = Actions::detect(environment(&variables)).unwrap();
    actions
        .append_summary(&sample::passing(), &Judgement::default())
        .unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("before\n## ✅ Conforms: all 6 must requirements hold"));
}

#[test]
fn elsewhere_there_are_no_actions() {
    assert_eq!(Actions::detect(|_| None), None);
    let variables = [("GITHUB_ACTIONS", "false".into())];
    assert_eq!(Actions::detect(environment(&variables)), None);
    let variables = [("GITHUB_ACTIONS", "true".into())];
    let without_summary = Actions::detect(environment(&variables)).unwrap();
    without_summary
        .append_summary(&sample::passing(), &Judgement::default())
        .unwrap();
}
