//! The program as a pipeline uses it: reports, baseline, comparison, GitHub Actions, and what a
//! shell looks up. Every run here is one of the real binary.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has to fail"
)]
#![expect(
    clippy::print_stderr,
    reason = "a test that skips itself says so on the error stream"
)]

mod actions;
mod baseline;
mod compare;
mod logs;
mod release;
mod reports;
#[cfg(unix)]
mod script;
mod shell;
mod target;

use std::path::Path;

use assert_cmd::Command;

/// The program, with nothing of this machine's environment that it would listen to.
fn authspec() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authspec"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("AUTHSPEC_") || name.starts_with("GITHUB_") || name == "BASE_URL" {
            command.env_remove(name);
        }
    }
    command
}

/// The program against a target, for one requirement that is checked with one request.
fn check_welcome(url: &str) -> Command {
    let mut command = authspec();
    command.args(["--requirement", "ROOT-1", "--base-url", url]);
    command
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn stderr(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stderr).unwrap()
}
