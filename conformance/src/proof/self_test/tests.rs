//! The matrix finds what is wrong, and the trials tell the truth.

use super::{
    Base, Extent, Kind, Matrix, Subject, Trial, TrialSettings, Wrong, html, json, text, try_all,
};
use crate::{
    run::{self, EngineSettings},
    suite::Catalogue,
    verdict::Verdict,
};

fn subject(kind: Kind, id: &str) -> Subject {
    let mut all = Subject::all().into_iter();
    all.find(|subject| subject.kind == kind && subject.id == id)
        .unwrap()
}

fn trial(subject: Subject, verdict: impl Fn(&str) -> Verdict) -> Trial {
    let catalogue = Catalogue::compiled_in().unwrap();
    let verdicts = catalogue.requirements.iter();
    Trial {
        verdicts: verdicts
            .map(|r| (r.id.clone(), r.level, verdict(&r.id)))
            .collect(),
        failures: vec![("LOGIN-4".to_owned(), "<b>status</b> is 200".to_owned())],
        ..Trial::none(subject)
    }
}

fn matrix(trials: Vec<Trial>) -> Matrix {
    Matrix::new(
        &Catalogue::compiled_in().unwrap().requirements,
        trials,
        true,
    )
}

#[test]
fn a_fault_that_nothing_catches_is_a_survivor() {
    let fault = subject(Kind::Fault, "login-wrong-password-ends-session");
    let matrix = matrix(vec![trial(fault, |_| Verdict::Pass)]);
    assert_eq!(matrix.count("survivor"), 1);
    assert!(
        matrix.wrong[0]
            .text
            .contains("is not caught by LOGIN-4 (pass)")
    );
}

#[test]
fn a_fault_that_cannot_be_judged_is_a_survivor_too() {
    let fault = subject(Kind::Fault, "login-wrong-password-ends-session");
    let matrix = matrix(vec![trial(fault, |_| Verdict::Incomplete)]);
    assert_eq!(matrix.count("survivor"), 1);
}

#[test]
fn a_requirement_that_no_fault_is_about_is_unexercised() {
    let fault = subject(Kind::Fault, "login-wrong-password-ends-session");
    let matrix = matrix(vec![trial(fault, |_| Verdict::Fail)]);
    let requirements = matrix.rows.len();
    assert_eq!(matrix.count("unexercised"), requirements - 1);
    assert_eq!(matrix.count("survivor"), 0);
}

#[test]
fn a_null_server_is_given_nothing_but_what_it_keeps() {
    let server = subject(Kind::NullServer, "null-welcome");
    let passed = |id: &str| match id {
        "ROOT-1" | "HTTP-4" | "LOGIN-1" => Verdict::Pass,
        _ => Verdict::Incomplete,
    };
    let matrix = matrix(vec![trial(server, passed)]);
    let gifts: Vec<&Wrong> = matrix.wrong.iter().filter(|w| w.word == "gift").collect();
    assert_eq!(
        gifts.len(),
        1,
        "ROOT-1 is kept, HTTP-4 is no must: {gifts:?}"
    );
}

#[test]
fn whatever_a_freedom_fails_beyond_its_right_is_a_false_alarm() {
    let freedom = subject(Kind::Freedom, "email-lower-cased");
    let verdict = |id: &str| match id {
        "REG-11" | "REG-1" => Verdict::Fail,
        "HTTP-5" => Verdict::Incomplete,
        _ => Verdict::Pass,
    };
    let matrix = matrix(vec![trial(freedom, verdict)]);
    assert_eq!(
        matrix.count("false-alarm"),
        2,
        "REG-1 and HTTP-5, not REG-11"
    );
}

#[test]
fn a_trial_that_came_to_no_end_proves_nothing() {
    let fault = subject(Kind::Fault, "register-201");
    let mut broken = trial(fault, |_| Verdict::Fail);
    broken.broken = Some("the target is lost".to_owned());
    assert_eq!(matrix(vec![broken]).count("broken"), 1);
}

#[test]
fn the_reports_name_what_was_found_and_escape_what_was_answered() {
    let catalogue = Catalogue::compiled_in().unwrap();
    let suite = run::suite(&catalogue);
    let fault = subject(Kind::Fault, "login-wrong-password-200");
    let matrix = matrix(vec![trial(fault, |_| Verdict::Fail)]);
    let page = html(&matrix, &suite);
    assert!(page.contains("login-wrong-password-200"));
    assert!(page.contains("&#60;b&#62;status") && !page.contains("<b>status"));
    let document: serde_json::Value = serde_json::from_str(&json(&matrix, &suite)).unwrap();
    assert_eq!(document["trusted"], false);
    assert_eq!(document["totals"]["faults"]["total"], 1);
    assert_eq!(document["subjects"][0]["id"], "login-wrong-password-200");
    let text = text(&matrix);
    assert!(text.contains("caught by") && text.contains("cannot be trusted"));
}

#[test]
fn another_verdict_side_by_side_is_wrong() {
    let fault = subject(Kind::Fault, "register-201");
    let mut unlike = trial(fault, |_| Verdict::Fail);
    unlike.unlike = vec![("LOGIN-4".to_owned(), Verdict::Pass, Verdict::Fail)];
    let matrix = matrix(vec![unlike]);
    assert_eq!(matrix.count("unlike"), 1);
    assert!(
        matrix.wrong[0]
            .text
            .contains("LOGIN-4 is 'pass' on register-201 one scenario at a time")
    );
}

/// One subject for each way in which subjects are built. The whole catalogue is what
/// `authspec self-test` is for.
#[test]
fn a_sample_of_the_catalogue_is_judged_as_it_declares() {
    let catalogue = Catalogue::compiled_in().unwrap();
    let sample = [
        "register-taken-409",
        "register-taken-overwrites",
        "profile-email-of-first",
        "logout-ends-the-others",
        "login-wrong-password-ends-session",
        "session-id-constant",
        "race-profile-500",
        // These got other verdicts in a crowd once.
        "logout-restores-password",
        "password-is-cached",
        "null-403",
        "null-200-object",
        "null-successes",
        "json-escaped",
        "encoding-br",
        "http-early-hints",
        "prefix-to-prefix",
        "uuid-v7",
    ];
    let subjects: Vec<Subject> = Subject::all()
        .into_iter()
        .filter(|subject| sample.contains(&subject.id))
        .collect();
    assert_eq!(subjects.len(), sample.len());
    let trials = try_all(
        &subjects,
        &catalogue,
        &TrialSettings {
            base: Base::Reference,
            extent: Extent::Whole,
            // Each is judged side by side as well, and has to get the same.
            engine: EngineSettings {
                concurrency: 8,
                ..EngineSettings::default()
            },
        },
        std::num::NonZeroUsize::new(2).unwrap(),
        &false.into(),
        |_| {},
    );
    let matrix = Matrix::new(&catalogue.requirements, trials, false);
    let wrong: Vec<String> = matrix
        .wrong
        .iter()
        .map(|wrong| format!("{}: {}", wrong.word, wrong.text))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
