//! `scripts/gate`, the step that a pipeline calls.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use authspec::report::json;

use crate::target;

fn gate(folder: &Path, arguments: &[&str]) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut command = Command::new(root.join("scripts/gate"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("AUTHSPEC", env!("CARGO_BIN_EXE_authspec"))
        .env("AUTHSPEC_REQUIREMENT", "ROOT-1");
    for name in [
        "BASE_URL",
        "PORT",
        "REPORTS",
        "BASELINE",
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
    ] {
        command.env_remove(name);
    }
    command
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_server_that_runs_is_judged_and_every_report_written() {
    for (url, status) in [(target::welcoming(), 0), (target::hostile(), 1)] {
        let folder = tempfile::tempdir().unwrap();
        let output = gate(folder.path(), &[&url]).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", told(&output));
        let mut names: Vec<_> = fs::read_dir(folder.path().join("reports"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                "authspec-badge.json",
                "authspec.html",
                "authspec.json",
                "authspec.md",
                "authspec.svg",
                "authspec.xml"
            ]
        );
    }
}

#[test]
fn a_baseline_that_lies_there_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("authspec-baseline.toml");
    fs::write(baseline, "[ROOT-1]\nreason = \"by choice\"\n").unwrap();
    let output = gate(folder.path(), &[&target::hostile()]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

/// A server that takes a while to answer, and whose answer is not the welcome.
const SERVER: &str = "sleep 0.3; python3 -m http.server --bind 127.0.0.1 \"$PORT\"";

fn python_is_here() -> bool {
    let here = Command::new("python3").arg("--version").output().is_ok();
    assert!(
        here || std::env::var_os("CI").is_none(),
        "CI has to have python3"
    );
    if !here {
        eprintln!("skipped: no python3 here to start a server with");
    }
    here
}

/// The port that the server of a run had.
fn port_of(folder: &Path) -> u16 {
    let report = json::read(&folder.join("reports/authspec.json")).unwrap();
    let (_, port) = report
        .target
        .url
        .trim_end_matches('/')
        .rsplit_once(':')
        .unwrap();
    port.parse().unwrap()
}

#[test]
fn a_command_is_started_judged_and_stopped_with_what_it_started() {
    if !python_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = gate(folder.path(), &["--", "bash", "-c", SERVER])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(
        TcpListener::bind(("127.0.0.1", port_of(folder.path()))).is_ok(),
        "nothing listens there any more"
    );
}

#[test]
fn a_command_that_never_answers_is_3_and_what_it_printed_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let command = ["--", "bash", "-c", "echo no module named flask; exit 1"];
    let output = gate(folder.path(), &command).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    let report = json::read(&folder.path().join("reports/authspec.json")).unwrap();
    assert_eq!(
        report.target.output.as_deref(),
        Some("no module named flask\n")
    );
}

#[test]
fn being_told_to_end_it_writes_the_reports_and_stops_the_server() {
    if !python_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // It accepts a connection, says on which port, and never answers.
    let silent = "exec python3 -c 'import os, socket, time; \
        port = os.environ[\"PORT\"]; s = socket.create_server((\"127.0.0.1\", int(port))); \
        c = s.accept(); open(\"asked\", \"w\").write(port + \"\\n\"); time.sleep(60)'";
    let mut child = gate(folder.path(), &["--", "bash", "-c", silent])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let port: u16 = loop {
        let asked = fs::read_to_string(folder.path().join("asked")).unwrap_or_default();
        if let Some(port) = asked.strip_suffix('\n') {
            break port.parse().unwrap();
        }
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "it was never asked"
        );
        std::thread::sleep(Duration::from_millis(20));
    };
    let id = child.id().to_string();
    Command::new("kill").args(["-TERM", &id]).status().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(6));
    assert!(TcpListener::bind(("127.0.0.1", port)).is_ok());
}

#[test]
fn no_target_is_a_mistake_and_not_the_reference_server() {
    let folder = tempfile::tempdir().unwrap();
    let output = gate(folder.path(), &["--strict"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("scripts/gate http://localhost:5000"));
}
