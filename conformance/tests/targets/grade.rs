//! `authspec grade`, `--shard` and `authspec merge`.

use std::{fmt::Write as _, fs, path::Path};

use rustix::process::{Pid, Signal};
use serde_json::Value;

use crate::{
    child::words,
    command::{lives, wait_for},
    support::{Ended, authspec, report, run},
};

/// A TOML file with these targets: a name and a role each.
fn plan(folder: &Path, targets: &[(&str, &str)]) -> String {
    let mut text = String::from("deadline = \"60s\"\nwait = \"5s\"\n");
    for (name, role) in targets {
        let words = serde_json::to_string(&words(role)).expect("words");
        let _ = writeln!(text, "[[target]]\nname = {name:?}\ncommand = {words}");
    }
    let path = folder.join("targets.toml");
    fs::write(&path, text).expect("the plan");
    path.display().to_string()
}

fn grade(folder: &Path, plan: &str, more: &[&str]) -> Ended {
    let mut command = authspec(&["grade", plan]);
    command.args(more).current_dir(folder);
    command.output().expect("it starts").into()
}

fn rows(comparison: &Value) -> Vec<(String, String, Option<u64>)> {
    comparison["targets"]
        .as_array()
        .expect("targets")
        .iter()
        .map(|row| {
            (
                row["name"].as_str().expect("a name").to_owned(),
                row["verdict"].as_str().expect("a verdict").to_owned(),
                row["percent"].as_u64(),
            )
        })
        .collect()
}

#[test]
fn every_target_gets_a_report_and_all_a_comparison_whatever_they_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = "<script>alert(1)</script>|=1";
    let plan = plan(
        folder.path(),
        &[
            ("good", "small"),
            ("lonely", "lonely"),
            ("dies", "mortal:60"),
            (hostile, "stillborn"),
        ],
    );
    let ended = grade(folder.path(), &plan, &[]);
    assert_eq!(ended.status, 1, "{}", ended.text);
    assert!(
        ended
            .text
            .contains("of 4: 1 conform, 1 do not, 1 could be judged in part, 1 not at all"),
        "{}",
        ended.text
    );
    let out = folder.path().join("authspec-grade");
    let comparison = report(&out.join("comparison.json"));
    let rows = rows(&comparison);
    assert_eq!(rows[0], ("good".into(), "conforms".into(), Some(100)));
    // All that could be judged of it holds, and that is less.
    assert_eq!(rows[1], ("dies".into(), "incomplete".into(), Some(100)));
    assert_eq!(rows[2].0, "lonely");
    assert!(rows[2].2 < Some(100));
    assert_eq!(rows[3], (hostile.into(), "not-judged".into(), None));
    let html = fs::read_to_string(out.join("index.html")).expect("the page");
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("no database") || html.contains("the command ended"));
    let csv = fs::read_to_string(out.join("comparison.csv")).expect("the table");
    assert!(
        csv.starts_with("target,verdict,exit status,percent,"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 5);
    let markdown = fs::read_to_string(out.join("comparison.md")).expect("the table");
    assert!(
        markdown.contains("| lonely | does-not-conform | "),
        "{markdown}"
    );
    assert!(!markdown.contains("<script>"));
    assert_eq!(report(&out.join("good.json"))["verdict"], "conforms");
    assert!(out.join("good.html").exists());
}

#[test]
fn a_grading_goes_on_where_it_was_and_begins_anew_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = folder.path().join("count");
    let role = format!("counted:{}", count.display());
    let plan = plan(folder.path(), &[("one", &role)]);
    let starts = || fs::read_to_string(&count).expect("the count").len();
    assert_eq!(grade(folder.path(), &plan, &[]).status, 0);
    let first = starts();
    let again = grade(folder.path(), &plan, &[]);
    assert_eq!(again.status, 0);
    assert!(again.text.contains("1 done already"), "{}", again.text);
    assert_eq!(starts(), first, "nothing was started");
    assert_eq!(grade(folder.path(), &plan, &["--again"]).status, 0);
    assert!(starts() > first);
}

#[test]
fn an_interrupted_grading_stops_its_targets_and_goes_on_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let id_file = folder.path().join("id");
    let role = format!("parent:{}", id_file.display());
    let plan = plan(folder.path(), &[("first", "small"), ("second", &role)]);
    let mut command = authspec(&["grade", &plan, "--at-once", "1"]);
    let grading = command
        .current_dir(folder.path())
        .spawn()
        .expect("it starts");
    wait_for("the second target was started", || id_file.exists());
    let id = Pid::from_raw(i32::try_from(grading.id()).expect("an id")).expect("an id");
    rustix::process::kill_process(id, Signal::TERM).expect("the signal is sent");
    let ended: Ended = grading.wait_with_output().expect("it ends").into();
    assert_eq!(ended.status, 6, "{}", ended.text);
    assert!(
        ended.text.contains("interrupted: 1 of 2 are done"),
        "{}",
        ended.text
    );
    let child: i32 = fs::read_to_string(&id_file)
        .expect("an id")
        .parse()
        .expect("a number");
    wait_for("the target is gone", || !lives(child));
    let later = grade(folder.path(), &plan, &[]);
    assert_eq!(later.status, 0, "{}", later.text);
    assert!(
        later.text.contains("1 to judge, ") && later.text.contains("1 done already"),
        "{}",
        later.text
    );
}

#[test]
fn folders_are_copied_where_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["ada", "grace"] {
        let work = folder.path().join("work").join(name);
        fs::create_dir_all(&work).expect("a folder");
        fs::write(work.join("who"), name).expect("a file");
    }
    let mut words = words("small");
    words[2] = format!("touch was-here; test -f who && {}", words[2]);
    let mut command = authspec(&["grade", "work/*", "--copy", "--out", "out", "--"]);
    let ended: Ended = command
        .args(&words)
        .current_dir(folder.path())
        .output()
        .expect("it starts")
        .into();
    assert_eq!(ended.status, 0, "{}", ended.text);
    for name in ["ada", "grace"] {
        assert!(
            !folder
                .path()
                .join("work")
                .join(name)
                .join("was-here")
                .exists()
        );
        assert!(
            folder
                .path()
                .join("out")
                .join(format!("{name}.json"))
                .exists()
        );
    }
}

#[test]
fn the_parts_of_a_grading_make_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(
        folder.path(),
        &[("a", "small"), ("b", "stillborn"), ("c", "lonely")],
    );
    let whole = grade(folder.path(), &plan, &["--out", "whole"]);
    assert_eq!(whole.status, 1, "{}", whole.text);
    grade(folder.path(), &plan, &["--out", "p1", "--shard", "1/2"]);
    grade(folder.path(), &plan, &["--out", "p2", "--shard", "2/2"]);
    let mut command = authspec(&["merge", "--out", "merged", "p1", "p2"]);
    let merged: Ended = command
        .current_dir(folder.path())
        .output()
        .expect("it starts")
        .into();
    assert_eq!(merged.status, 1, "{}", merged.text);
    let timeless = |name: &str| {
        let mut comparison = report(&folder.path().join(name).join("comparison.json"));
        for row in comparison["targets"].as_array_mut().expect("targets") {
            row["seconds"] = Value::Null;
            // A port is in it.
            row["note"] = Value::Null;
        }
        comparison
    };
    assert_eq!(timeless("merged"), timeless("whole"));
}

#[test]
fn the_parts_of_a_run_make_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let to = |name: &str| format!("json={}", path(name));
    let run_to = |name: &str, more: &[&str]| {
        let to = to(name);
        let arguments = [&["--report", &to, "--level", "must"][..], more].concat();
        assert_eq!(run(&arguments).status, 0);
    };
    run_to("whole.json", &[]);
    for part in ["1/3", "2/3", "3/3"] {
        run_to(&format!("{}.json", &part[..1]), &["--shard", part]);
    }
    let merged = run(&[
        "merge",
        "--out",
        &path("merged.json"),
        &path("1.json"),
        &path("2.json"),
        &path("3.json"),
    ]);
    assert_eq!(merged.status, 0, "{}", merged.text);
    assert!(
        merged.text.contains("must 33 of 33 hold"),
        "{}",
        merged.text
    );
    let outcomes = |name: &str| {
        let report = report(&folder.path().join(name));
        let verdicts: Vec<(Value, Value, Vec<Value>)> = report["requirements"]
            .as_array()
            .expect("requirements")
            .iter()
            .map(|requirement| {
                let scenarios = requirement["scenarios"].as_array().expect("scenarios");
                let outcomes = scenarios.iter().map(|scenario| scenario["outcome"].clone());
                (
                    requirement["id"].clone(),
                    requirement["verdict"].clone(),
                    outcomes.collect(),
                )
            })
            .collect();
        (
            verdicts,
            report["totals"].clone(),
            report["verdict"].clone(),
            report["exit_status"].clone(),
        )
    };
    assert_eq!(outcomes("merged.json"), outcomes("whole.json"));
    let twice = run(&[
        "merge",
        "--out",
        &path("x.json"),
        &path("1.json"),
        &path("1.json"),
    ]);
    assert_eq!(twice.status, 2, "{}", twice.text);
    assert!(twice.text.contains("has run features/"), "{}", twice.text);
}

#[test]
fn what_is_no_plan_is_status_2_and_what_names_nothing_4() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("the file");
        path.display().to_string()
    };
    let broken = run(&["grade", &file("broken.toml", "[[target]\n")]);
    assert_eq!(broken.status, 2, "{}", broken.text);
    let empty = run(&["grade", &file("empty.toml", "")]);
    assert_eq!(empty.status, 4, "{}", empty.text);
    assert_eq!(run(&["grade", "/no/such.toml"]).status, 2);
    let pattern = format!("{}/no*", folder.path().display());
    assert_eq!(
        run(&["grade", &pattern]).status,
        2,
        "a pattern needs a command"
    );
    assert_eq!(run(&["grade", &pattern, "--", "x"]).status, 4);
}
