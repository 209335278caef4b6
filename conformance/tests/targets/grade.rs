//! `authspec grade` with its parts, and `authspec merge`.

use std::{fmt::Write as _, fs, path::Path, process::Command};

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

/// A grading whose targets write where these tests look: what keeps strangers from that has tests
/// of its own.
fn grading(arguments: &[&str]) -> Command {
    let mut command = authspec(arguments);
    command.env("AUTHSPEC_UNCONFINED", "true");
    command
}

fn grade(folder: &Path, plan: &str, more: &[&str]) -> Ended {
    let mut command = grading(&["grade", plan]);
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
            .contains("of 4: 1 conform, 2 do not, 0 could be judged in part, 1 not at all"),
        "{}",
        ended.text
    );
    let out = folder.path().join("authspec-grade");
    let comparison = report(&out.join("comparison.json"));
    let rows = rows(&comparison);
    assert_eq!(rows[0], ("good".into(), "conforms".into(), Some(100)));
    assert_eq!(rows[1].0, "lonely");
    assert!(rows[1].2 < Some(100));
    // All that could be judged of it but the last holds, and that is little.
    assert_eq!(rows[2].0, "dies");
    assert!(rows[2].2 < Some(60), "{rows:?}");
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
fn points_are_given_by_what_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(folder.path(), &[("good", "small"), ("dead", "stillborn")]);
    let text = fs::read_to_string(&plan).expect("the plan");
    fs::write(&plan, format!("points = {{ must = 0.5 }}\n{text}")).expect("the plan");
    grade(folder.path(), &plan, &[]);
    let out = folder.path().join("authspec-grade");
    let csv = fs::read_to_string(out.join("comparison.csv")).expect("the CSV");
    let mut lines = csv.lines();
    assert!(
        lines
            .next()
            .expect("a header")
            .contains(",points,of points,")
    );
    let comparison = report(&out.join("comparison.json"));
    let earned = |name: &str| -> (f64, f64) {
        let rows = comparison["targets"].as_array().expect("targets");
        let row = rows.iter().find(|row| row["name"] == name).expect("it");
        let of = |member: &str| row["points"][member].as_f64().expect("a number");
        (of("points"), of("of"))
    };
    let (points, of) = earned("good");
    assert!(
        points > 0.0 && (points - of).abs() < 1e-9,
        "{points} of {of}"
    );
    assert_eq!(earned("dead"), (0.0, of));
    let page = fs::read_to_string(out.join("index.html")).expect("the page");
    assert!(page.contains(&format!("{of} of {of}")), "{of}");
    let own = || fs::read_to_string(out.join("good.html")).expect("its page");
    let shown = |points: f64| format!("<dt>Points</dt><dd>{points} of {points}</dd>");
    assert!(own().contains(&shown(of)), "{of}");

    // Other points are another sum over what is known, and no reason to judge again.
    fs::write(&plan, format!("points = {{ must = 2 }}\n{text}")).expect("the plan");
    let again = grade(folder.path(), &plan, &[]);
    assert!(again.text.contains("1 done already"), "{}", again.text);
    assert!(own().contains(&shown(of * 4.0)), "{}", again.text);
    assert!(
        !own().contains(&shown(of)),
        "only the last points are shown"
    );
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
    let mut command = grading(&["grade", &plan, "--at-once", "1"]);
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
    let mut command = grading(&["grade", "work/*", "--copy", "--out", "out", "--"]);
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
fn parts_that_are_no_whole_are_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let file = plan(folder.path(), &[("a", "stillborn"), ("b", "stillborn")]);
    for (out, part) in [("p1", "1/2"), ("p2", "2/2"), ("q1", "1/2")] {
        grade(folder.path(), &file, &["--out", out, "--shard", part]);
    }
    grade(
        folder.path(),
        &file,
        &["--out", "strict", "--shard", "2/2", "--strict"],
    );
    grade(folder.path(), &file, &["--out", "thirds", "--shard", "2/3"]);
    fs::create_dir(path("elsewhere")).expect("a folder");
    let other = plan(
        &path("elsewhere"),
        &[("a", "stillborn"), ("c", "stillborn")],
    );
    grade(folder.path(), &other, &["--out", "other", "--shard", "2/2"]);
    fs::create_dir(path("newer")).expect("a folder");
    for entry in fs::read_dir(path("p2")).expect("the part") {
        let from = entry.expect("a file").path();
        fs::copy(&from, path("newer").join(from.file_name().expect("a name"))).expect("a copy");
    }
    let manifest = fs::read_to_string(path("newer/grading.json")).expect("what it is");
    let newer = manifest.replace("sha256:", "sha256:0");
    fs::write(path("newer/grading.json"), newer).expect("another suite");
    fs::create_dir(path("undone")).expect("a folder");
    fs::write(path("undone/grading.json"), manifest).expect("without a result");
    fs::create_dir(path("empty")).expect("a folder");
    for (parts, said) in [
        (&["p1"][..], "missing: part 2/2"),
        (&["p1", "q1"], "p1 and q1 are both part 1/2"),
        (&["p1", "p2", "q1"], "p1 and q1 are both part 1/2"),
        (
            &["p1", "strict"],
            "strict: it was graded with --strict, unlike p1",
        ),
        (
            &["p1", "thirds"],
            "thirds: it is part 2/3, and p1 is part 1/2",
        ),
        (
            &["p1", "other"],
            "other: its targets are those of another file than p1's",
        ),
        (
            &["p1", "newer"],
            "newer: it was judged by another suite than p1",
        ),
        (&["p1", "undone"], "undone: \"b\" is not judged yet"),
        (&["p1", "empty"], "empty: it holds no grading"),
    ] {
        let ended: Ended = authspec(&["merge", "--out", "merged"])
            .args(parts)
            .current_dir(folder.path())
            .output()
            .expect("it starts")
            .into();
        assert_eq!(ended.status, 2, "{parts:?}: {}", ended.text);
        assert!(ended.text.contains(said), "{parts:?}: {}", ended.text);
    }
    assert!(!path("merged").exists(), "nothing was put together");
    let more = run(&["--shard", "1/2"]);
    assert_eq!(more.status, 2, "a run has no parts: {}", more.text);
}

#[test]
fn a_grading_judges_all_of_the_suite_whatever_the_environment_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut words = words("lonely");
    words[2] = format!("echo level $AUTHSPEC_LEVEL; {}", words[2]);
    let words = serde_json::to_string(&words).expect("words");
    let path = folder.path().join("targets.toml");
    let text = format!(
        "[[target]]\nname = \"one\"\ncommand = {words}\nenvironment = {{ AUTHSPEC_LEVEL = \"may\" }}\n"
    );
    fs::write(&path, text).expect("the plan");
    let mut command = grading(&["grade", "targets.toml"]);
    for (name, value) in [
        ("AUTHSPEC_SHARD", "1/1"),
        ("AUTHSPEC_TASK", "6"),
        ("AUTHSPEC_LEVEL", "may"),
        ("AUTHSPEC_TAGS", "@may"),
        ("AUTHSPEC_REQUIREMENT", "ROOT-1"),
        ("AUTHSPEC_NAME", "welcome"),
        ("AUTHSPEC_FEATURES", "/no/such/folder"),
        ("BASE_URL", "http://127.0.0.1:1"),
    ] {
        command.env(name, value);
    }
    let ended: Ended = command
        .current_dir(folder.path())
        .output()
        .expect("it starts")
        .into();
    assert_eq!(ended.status, 1, "{}", ended.text);
    let found = report(&folder.path().join("authspec-grade/one.json"));
    assert_eq!(found["totals"]["must"]["not-run"], 0);
    let output = found["target"]["output"].as_str().expect("the output");
    assert!(
        output.contains("level may"),
        "the target has its own: {output}"
    );
}

#[test]
fn a_result_is_kept_only_while_all_that_decides_it_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let work = folder.path().join("work/ada");
    fs::create_dir_all(&work).expect("a folder");
    fs::write(work.join("app"), "1").expect("a file");
    let words = words("small");
    let grade = |more: &[&str]| -> Ended {
        let mut command = grading(&["grade", "work/*", "--copy", "--out", "out"]);
        command.args(more).arg("--").args(&words);
        let output = command.current_dir(folder.path()).output();
        output.expect("it starts").into()
    };
    assert_eq!(grade(&[]).status, 0);
    assert!(grade(&[]).text.contains("1 done already"));
    fs::write(work.join("app"), "2").expect("a change");
    assert!(!grade(&[]).text.contains("done already"), "it has changed");
    assert!(grade(&[]).text.contains("1 done already"));
    assert!(!grade(&["--strict"]).text.contains("done already"));
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
