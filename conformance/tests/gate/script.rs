//! `scripts/gate`, the step that a pipeline calls.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use crate::target;

fn gate(folder: &Path, arguments: &[&str], port: u16) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut command = Command::new(root.join("scripts/gate"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("AUTHSPEC", env!("CARGO_BIN_EXE_authspec"))
        .env("AUTHSPEC_REQUIREMENT", "ROOT-1")
        .env("PORT", port.to_string());
    for name in [
        "BASE_URL",
        "REPORTS",
        "BASELINE",
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
    ] {
        command.env_remove(name);
    }
    command
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_server_that_runs_is_judged_and_every_report_written() {
    for (url, status) in [(target::welcoming(), 0), (target::hostile(), 1)] {
        let folder = tempfile::tempdir().unwrap();
        let output = gate(folder.path(), &[&url], free_port()).output().unwrap();
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
    let output = gate(folder.path(), &[&target::hostile()], free_port())
        .output()
        .unwrap();
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

#[test]
fn a_command_is_started_judged_and_stopped_with_what_it_started() {
    if !python_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let output = gate(folder.path(), &["--", "bash", "-c", SERVER], port)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(folder.path().join("reports/target.log").exists());
    assert!(
        TcpListener::bind(("127.0.0.1", port)).is_ok(),
        "nothing listens there any more"
    );
}

#[test]
fn a_command_that_never_answers_is_3_and_what_it_printed_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["--", "bash", "-c", "echo no module named flask; exit 1"];
    let mut command = gate(folder.path(), &arguments, free_port());
    let output = command.env("START_TIMEOUT", "1s").output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("no module named flask"));
}

#[test]
fn a_port_that_is_taken_is_not_judged() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let output = gate(folder.path(), &["--", "true"], port).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("answers on port"),
        "{}",
        told(&output)
    );
}

#[test]
fn being_told_to_end_it_writes_the_reports_and_stops_the_server() {
    if !python_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    // It accepts a connection, says so, and never answers.
    let silent = "exec python3 -c 'import os, socket, time; \
        s = socket.create_server((\"127.0.0.1\", int(os.environ[\"PORT\"]))); \
        c = s.accept(); print(\"asked\", flush=True); time.sleep(60)'";
    let mut child = gate(folder.path(), &["--", "bash", "-c", silent], port)
        .spawn()
        .unwrap();
    let log = folder.path().join("reports/target.log");
    let begun = Instant::now();
    while !fs::read_to_string(&log).is_ok_and(|text| text.contains("asked")) {
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "it was never asked"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    let id = child.id().to_string();
    Command::new("kill").args(["-TERM", &id]).status().unwrap();
    let begun = Instant::now();
    let status = child.wait().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(30), "it ends");
    assert!(matches!(status.code(), Some(3 | 6)), "{status:?}");
    assert!(folder.path().join("reports/authspec.json").exists());
    assert!(TcpListener::bind(("127.0.0.1", port)).is_ok());
}

#[test]
fn neither_a_url_nor_a_command_is_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let output = gate(folder.path(), &[], free_port()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("scripts/gate http://localhost:5000"));
}
