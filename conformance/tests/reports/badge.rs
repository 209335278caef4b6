//! The badge: what it says in each case, and that it is a picture.

use authspec::{
    report::Format,
    run::{Outcome, Run},
    verdict::baseline::{Baseline, Judgement},
};
use serde_json::Value;

use crate::sample;

fn message(run: &Run, baseline: &str) -> String {
    let judgement = Judgement::of(&Baseline::parse(baseline).unwrap(), run);
    let endpoint: Value =
        serde_json::from_str(&Format::BadgeJson.render(run, &judgement, None)).unwrap();
    let message = endpoint["message"].as_str().unwrap().to_owned();
    let svg = Format::Badge.render(run, &judgement, None);
    let picture = roxmltree::Document::parse(&svg).unwrap();
    let texts: Vec<_> = picture
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(texts, ["authspec", message.as_str()]);
    format!("{message} ({})", endpoint["color"].as_str().unwrap())
}

#[test]
fn it_says_where_the_target_stands() {
    assert_eq!(
        message(&sample::passing(), ""),
        "conforms 6/6 (brightgreen)"
    );
    assert_eq!(
        message(&sample::failing(), ""),
        "does not conform 3/6 (red)"
    );
    assert_eq!(
        message(&sample::interrupted(), ""),
        "incomplete 2/6 (yellow)"
    );
    assert_eq!(
        message(&sample::unreachable(), ""),
        "not reached (lightgrey)"
    );
    let stale = "[ROOT-1]\nreason = 'was'\n";
    assert_eq!(
        message(&sample::passing(), stale),
        "6/6, baseline stale (yellow)"
    );
}

#[test]
fn what_is_known_to_fail_is_not_called_conforming() {
    let mut run = sample::failing();
    run.scenarios.retain(|s| s.requirement != "PROFILE-2");
    run.requirements.retain(|r| r.id != "PROFILE-2");
    let known = "[LOGIN-4]\nreason = 'x'\n[PROFILE-1]\nreason = 'y'\n";
    assert_eq!(message(&run, known), "3/5, 2 known to fail (yellow)");
}

#[test]
fn a_selection_is_not_called_conforming() {
    let mut run = sample::passing();
    for scenario in run.scenarios.iter_mut().skip(1) {
        scenario.outcome = Outcome::NotRun;
    }
    assert_eq!(message(&run, ""), "partly judged 1/6 (lightgrey)");
}

#[test]
fn with_strict_should_counts_too() {
    let mut run = sample::failing();
    run.strict = true;
    assert_eq!(message(&run, ""), "does not conform 3/8 (red)");
}

#[test]
fn the_picture() {
    insta::assert_snapshot!(Format::Badge.render(&sample::passing(), &Judgement::default(), None));
    insta::assert_snapshot!(Format::BadgeJson.render(
        &sample::passing(),
        &Judgement::default(),
        None
    ));
}
