//! `--report`, in every format and from every end of a run.

use authspec::report::{Format, json};

use crate::{authspec, check_welcome, stderr, target, text};

#[test]
fn every_format_is_written_for_a_passing_and_a_failing_target() {
    for (url, status) in [(target::welcoming(), 0), (target::hostile(), 1)] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = check_welcome(&url);
        for format in Format::ALL {
            let path = folder.path().join(format.as_str());
            command.arg(format!("--report={}={}", format.as_str(), path.display()));
        }
        command.assert().code(status);
        let report = json::read(&folder.path().join("json")).unwrap();
        assert_eq!(i32::from(report.exit_status), status);
        roxmltree::Document::parse(&text(&folder.path().join("junit"))).unwrap();
        roxmltree::Document::parse(&text(&folder.path().join("badge"))).unwrap();
        let html = text(&folder.path().join("html"));
        assert_eq!(html.matches("<script").count(), 1);
        assert!(html.trim_end().ends_with("</html>"));
        assert!(text(&folder.path().join("markdown")).starts_with("## "));
        assert!(text(&folder.path().join("badge-json")).contains("schemaVersion"));
    }
}

#[test]
fn a_real_report_keeps_to_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    authspec()
        .args(["--task", "6", "--task", "15"])
        .arg(format!("--report=json={}", path.display()))
        .assert()
        .success();
    let schema = serde_json::from_str(json::SCHEMA).unwrap();
    let report = serde_json::from_str(&text(&path)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let problems: Vec<_> = validator
        .iter_errors(&report)
        .map(|e| e.to_string())
        .collect();
    assert!(problems.is_empty(), "{problems:?}");
    let ids = json::read(&path).unwrap().requirements.len();
    assert!(
        ids >= 54,
        "all requirements are in it, whatever was selected"
    );
}

#[test]
fn the_failing_page_shows_the_reference_server_s_answer_beside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    check_welcome(&target::hostile())
        .arg(format!("--report=html={}", path.display()))
        .assert()
        .code(1);
    let page = text(&path);
    assert!(page.contains("The reference server answered"));
    assert!(page.contains("Bienvenue"));
}

#[test]
fn a_report_on_standard_output_has_it_for_itself() {
    let output = check_welcome(&target::hostile())
        .args(["--report", "json=-"])
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["exit_status"], 1);
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("does not conform")
    );
}

#[test]
fn a_target_that_is_not_reached_has_its_report_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    check_welcome(&target::absent())
        .args(["--wait", "0s"])
        .arg(format!("--report=json={}", path.display()))
        .assert()
        .code(3);
    let report = json::read(&path).unwrap();
    assert_eq!(
        (report.exit_status, report.ending.kind.as_str()),
        (3, "unreachable")
    );
}

#[test]
fn a_deadline_that_passes_has_its_reports_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = authspec();
    command.args(["--base-url", &target::answering_once(), "--deadline", "2s"]);
    for format in Format::ALL {
        let path = folder.path().join(format.as_str());
        command.arg(format!("--report={}={}", format.as_str(), path.display()));
    }
    command.assert().code(6);
    let report = json::read(&folder.path().join("json")).unwrap();
    assert_eq!(report.ending.kind, "deadline-passed");
    assert!(text(&folder.path().join("html")).contains("The deadline of 2s"));
    assert!(text(&folder.path().join("junit")).contains("<error"));
    assert!(text(&folder.path().join("badge")).contains("incomplete"));
}

#[test]
fn a_path_that_cannot_be_written_is_an_error_before_anything_is_sent() {
    let mut command = check_welcome(&target::absent());
    command.args(["--report", "html=/nowhere/at/all/report.html"]);
    command.assert().code(2);
    let message = stderr(&mut command);
    assert!(
        message.contains("cannot write the html report to /nowhere/at/all/report.html"),
        "{message}"
    );
}

#[test]
fn what_was_handed_over_with_header_stands_in_no_report_even_when_the_target_echoes_it() {
    for url in [target::hostile(), target::echoing()] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = check_welcome(&url);
        command.args([
            "--verbose",
            "--header",
            "Authorization: Bearer c4nary-s3cret",
        ]);
        for format in Format::ALL {
            let path = folder.path().join(format.as_str());
            command.arg(format!("--report={}={}", format.as_str(), path.display()));
        }
        let output = command.output().unwrap();
        assert!(!String::from_utf8(output.stdout).unwrap().contains("c4nary"));
        assert!(!String::from_utf8(output.stderr).unwrap().contains("c4nary"));
        for format in Format::ALL {
            let report = text(&folder.path().join(format.as_str()));
            assert!(!report.contains("c4nary"), "{}", format.as_str());
        }
        assert!(text(&folder.path().join("json")).contains("(redacted)"));
    }
}
