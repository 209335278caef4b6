//! Bounds that hold, and what is told when they are met: the time for everything, Ctrl-C at any
//! moment, and a defect of the runner whatever comes after it.

use std::{
    fs,
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal};
use serde_json::Value;

use crate::{
    child::words,
    hostile::{Act, before},
    judged::{judged, small},
    support::{Ended, authspec, run, run_command},
};

/// What is over a bound is the machine's, which may have much else to do.
const SLACK: Duration = Duration::from_secs(2);

/// A small server that takes no notice of being asked to end.
fn stubborn() -> Vec<String> {
    let mut words = words("small");
    words[2] = format!("trap '' TERM; {}", words[2]);
    words
}

/// Runs the program against a command, and asks it to end after a while.
fn asked_to_end(arguments: &[&str], words: &[String], after: Duration) -> (Ended, Duration) {
    let mut command = authspec(arguments);
    let child = command.arg("--").args(words).spawn().expect("it starts");
    sleep(after);
    let asked = Instant::now();
    let id = Pid::from_raw(i32::try_from(child.id()).expect("an id")).expect("an id");
    rustix::process::kill_process(id, Signal::INT).expect("the signal is sent");
    let ended = child.wait_with_output().expect("it ends").into();
    (ended, asked.elapsed())
}

#[test]
fn the_deadline_holds_while_the_target_is_started() {
    let arguments = ["--deadline", "1500ms", "--wait", "60s"];
    let begun = Instant::now();
    let ended = run_command(&arguments, &words("sleeper"));
    let took = begun.elapsed();
    assert_eq!(ended.status, 3, "{}", ended.text);
    assert!(took < Duration::from_millis(1500) + SLACK, "{took:?}");
}

#[test]
fn the_deadline_holds_while_the_target_is_stopped() {
    let arguments = ["--deadline", "2s", "--requirement", "ROOT-1"];
    let begun = Instant::now();
    let ended = run_command(&arguments, &stubborn());
    let took = begun.elapsed();
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(took < Duration::from_secs(2) + SLACK, "{took:?}");
}

#[test]
fn a_target_that_does_not_answer_before_the_deadline_was_not_reached() {
    let url = before(&small(|_| {}), |_, _| Act::Hang);
    let begun = Instant::now();
    let ended = run(&["--base-url", &url, "--deadline", "1s", "--timeout", "30s"]);
    let took = begun.elapsed();
    assert_eq!(ended.status, 3, "{}", ended.text);
    assert!(took < Duration::from_secs(1) + SLACK, "{took:?}");
}

#[test]
fn ctrl_c_works_while_the_target_is_started() {
    let after = Duration::from_millis(700);
    let (ended, took) = asked_to_end(&["--wait", "60s"], &words("sleeper"), after);
    assert_eq!(ended.status, 6, "{}", ended.text);
    assert!(took < SLACK, "{took:?}");
}

#[test]
fn ctrl_c_works_while_the_target_is_stopped() {
    // It is judged within a second, and would have five more to end by itself.
    let after = Duration::from_secs(2);
    let (ended, took) = asked_to_end(&["--requirement", "ROOT-1"], &stubborn(), after);
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(took < SLACK, "{took:?}");
    let (_, took) = {
        let mut arguments = authspec(&["doctor", "--pause", "0s"]);
        let child = arguments
            .arg("--")
            .args(stubborn())
            .spawn()
            .expect("it starts");
        sleep(after);
        let asked = Instant::now();
        let id = Pid::from_raw(i32::try_from(child.id()).expect("an id")).expect("an id");
        rustix::process::kill_process(id, Signal::INT).expect("the signal is sent");
        (child.wait_with_output().expect("it ends"), asked.elapsed())
    };
    assert!(took < SLACK, "{took:?}");
}

#[test]
fn a_self_test_of_a_silent_server_ends() {
    let url = before(&small(|_| {}), |_, _| Act::Hang);
    let begun = Instant::now();
    let ended = run(&["self-test", "--base-url", &url]);
    assert_eq!(ended.status, 3, "{}", ended.text);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(
        ended.text.contains("does not answer within 10s"),
        "{}",
        ended.text
    );
}

/// The scenarios of a report that were due and not judged, with the requirement of each.
fn unjudged(report: &Value) -> Vec<&Value> {
    let requirements = report["requirements"].as_array().expect("requirements");
    requirements
        .iter()
        .flat_map(|one| one["scenarios"].as_array().expect("scenarios"))
        .filter(|scenario| scenario["outcome"] == "incomplete")
        .collect()
}

#[test]
fn the_exchange_that_was_in_flight_at_the_end_is_in_the_report() {
    for concurrency in ["1", "4"] {
        let url = before(&small(|_| {}), |_, request| {
            if request.starts_with("PUT ") {
                Act::Hang
            } else {
                Act::Pass
            }
        });
        let (ended, found) = judged(
            &[
                "--base-url",
                &url,
                "--requirement",
                "UPDATE-1",
                "--deadline",
                "2s",
                "--timeout",
                "30s",
                "--concurrency",
                concurrency,
            ],
            None,
        );
        assert_eq!(ended.status, 6, "{}", ended.text);
        let open = unjudged(&found);
        let in_flight = open.iter().find_map(|scenario| {
            let last = scenario["exchanges"].as_array()?.last()?;
            last["no_answer"]
                .as_str()
                .map(|why| (&last["request"], why))
        });
        let (request, why) = in_flight.expect("the exchange that did not end");
        assert_eq!(request["method"], "PUT");
        assert!(
            why.contains("no answer yet when the time for the whole run, 2s, had passed"),
            "{why}"
        );
    }
}

/// A folder with one feature.
fn features(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("x.feature"), text).expect("a feature");
    folder
}

#[test]
fn a_defect_is_status_70_whatever_comes_after_it() {
    let folder = features(
        "Feature: F\n\n  @X-1 @should\n  Rule: R\n\n    Scenario: S\n      Then the answer is 200\n\n  \
         @X-2 @should\n  Rule: T\n\n    Scenario: U\n      When a visitor requests GET /slow\n      Then the answer is 200\n",
    );
    let folder = folder.path().display().to_string();
    let url = before(&small(|_| {}), |_, request| {
        if request.starts_with("GET /slow") {
            Act::Hang
        } else {
            Act::Pass
        }
    });
    let (ended, found) = judged(
        &[
            "--base-url",
            &url,
            "--features",
            &folder,
            "--deadline",
            "2s",
            "--timeout",
            "30s",
        ],
        None,
    );
    assert_eq!(ended.status, 70, "{}", ended.text);
    assert_eq!(found["ending"]["kind"], "defect");
    assert_eq!(found["exit_status"], 70);
}

#[test]
fn after_bad_input_a_defect_stays_one() {
    let folder = features(
        "Feature: F\n\n  @X-1 @should\n  Rule: R\n\n    @risk.high\n    Scenario: S\n      Then the answer is 200\n",
    );
    let folder = folder.path().display().to_string();
    // It works until it was seen to, before the bad input, and no more.
    let url = before(&small(|_| {}), |number, _| match number {
        0..3 => Act::Pass,
        _ => Act::Answer("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"),
    });
    let arguments = ["--base-url", &url, "--features", &folder, "--strict"];
    let (ended, _) = judged(&arguments, None);
    assert_eq!(ended.status, 70, "{}", ended.text);
}

#[test]
fn after_bad_input_an_obstacle_stays_one() {
    let folder = features(
        "Feature: F\n\n  @X-1 @should\n  Rule: R\n\n    @risk.high\n    Scenario: S\n      \
         Given Ada has an account of her own\n      When a visitor requests GET /\n      Then the answer is 200\n",
    );
    let folder = folder.path().display().to_string();
    let url = before(&small(|_| {}), |number, _| match number {
        0..3 => Act::Pass,
        _ => Act::Answer("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"),
    });
    let arguments = ["--base-url", &url, "--features", &folder, "--strict"];
    let (ended, found) = judged(&arguments, None);
    assert_eq!(ended.status, 6, "{}", ended.text);
    assert_eq!(unjudged(&found).len(), 1);
}
