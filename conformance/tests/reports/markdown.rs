//! Markdown: the verdict first, the table, and failures folded; a target's words stay text.

use authspec::{
    report::Format,
    run::{Outcome, ScenarioRecord},
    verdict::baseline::{Baseline, Judgement},
};

use crate::sample;

fn known(run: &authspec::run::Run) -> Judgement {
    let text = "[LOGIN-4]\nreason = 'sessions: see @ada, #12'\n[OLD-1]\nreason = 'x'\n";
    Judgement::of(&Baseline::parse(text).unwrap(), run)
}

#[test]
fn the_report_of_a_failing_run() {
    insta::assert_snapshot!(Format::Markdown.render(
        &sample::failing(),
        &Judgement::default(),
        None
    ));
}

#[test]
fn the_report_of_a_failing_run_with_a_baseline() {
    let run = sample::failing();
    insta::assert_snapshot!(Format::Markdown.render(&run, &known(&run), None));
}

#[test]
fn the_report_of_a_passing_run() {
    insta::assert_snapshot!(Format::Markdown.render(
        &sample::passing(),
        &Judgement::default(),
        None
    ));
}

#[test]
fn the_report_of_an_interrupted_run() {
    insta::assert_snapshot!(Format::Markdown.render(
        &sample::interrupted(),
        &Judgement::default(),
        None
    ));
}

#[test]
fn a_target_s_words_stand_nowhere_but_in_code() {
    let text = Format::Markdown.render(&sample::failing(), &Judgement::default(), None);
    let mut fence: Option<String> = None;
    for line in text.lines() {
        match &fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if line.starts_with("```") => {
                fence = Some(line.trim_end_matches("text").to_owned());
            }
            None => {
                let outside: String = line.split(" `").next().unwrap().to_owned();
                assert!(!outside.contains("<script>"), "{line}");
                assert!(!outside.contains("::error"), "{line}");
            }
        }
    }
    assert_eq!(fence, None);
}

#[test]
fn it_stays_short_enough_for_a_comment_and_says_what_is_left_out() {
    let mut run = sample::failing();
    let failed = run
        .scenarios
        .iter()
        .find(|scenario| matches!(scenario.outcome, Outcome::Failed(_)))
        .cloned()
        .unwrap();
    let template = run.requirements[0].clone();
    for index in 0..200 {
        let mut requirement = template.clone();
        requirement.id = format!("MANY-{index}");
        run.scenarios.push(ScenarioRecord {
            requirement: requirement.id.clone(),
            ..failed.clone()
        });
        run.requirements.push(requirement);
    }
    let text = Format::Markdown.render(&run, &Judgement::default(), None);
    assert!(text.chars().count() < 65_536);
    assert!(text.contains("more would make this too long"));
    assert!(text.contains("### Does not count (1)"));
}
