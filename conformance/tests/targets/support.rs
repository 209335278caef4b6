//! Running the program and reading what it leaves.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// The program, without anything that the surroundings may have set.
pub(crate) fn authspec(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authspec"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let ours = name.starts_with("AUTHSPEC_") || name.starts_with("GITHUB_");
        // The last is how wide a terminal is, which help texts would follow.
        if ours || name == "COLUMNS" || name == "BASE_URL" || name == "PORT" {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// How a run of the program went.
pub(crate) struct Ended {
    /// Its exit status.
    pub(crate) status: i32,
    /// All that it printed, errors last.
    pub(crate) text: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().expect("it ended by itself"),
            text: format!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            ),
        }
    }
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Ended {
    authspec(arguments).output().expect("it starts").into()
}

/// Runs it against a command.
pub(crate) fn run_command(arguments: &[&str], words: &[String]) -> Ended {
    authspec(arguments)
        .arg("--")
        .args(words)
        .output()
        .expect("it starts")
        .into()
}

/// A JSON report.
pub(crate) fn report(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("the report is there");
    serde_json::from_str(&text).expect("the report is JSON")
}

/// The verdict on one requirement in a report.
pub(crate) fn verdict<'a>(report: &'a Value, id: &str) -> &'a str {
    report["requirements"]
        .as_array()
        .expect("requirements")
        .iter()
        .find(|requirement| requirement["id"] == id)
        .and_then(|requirement| requirement["verdict"].as_str())
        .expect("the requirement is in the report")
}

/// How many requirements the suite has.
pub(crate) fn all_requirements() -> usize {
    let catalogue = authspec::suite::Catalogue::compiled_in().expect("the features");
    catalogue.requirements.len()
}
