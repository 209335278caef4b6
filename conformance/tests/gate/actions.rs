//! A mock of the environment of GitHub Actions.

use crate::{check_welcome, target, text};

#[test]
fn failures_are_annotated_and_summed_up_and_a_target_forges_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let summary = folder.path().join("summary.md");
    let output = check_welcome(&target::hostile())
        .arg("--verbose")
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();

    // What GitHub would take for a command: it trims a line first, and hears nothing between
    // stop-commands and its token.
    let mut deaf: Option<String> = None;
    let mut commands = Vec::new();
    let mut heard_nothing_of = 0;
    for line in told.lines().map(str::trim_start) {
        match &deaf {
            Some(token) if line == format!("::{token}::") => deaf = None,
            Some(_) => heard_nothing_of += line.matches("alert(1)").count(),
            None => match line.strip_prefix("::stop-commands::") {
                Some(token) => deaf = Some(token.to_owned()),
                None if line.starts_with("::") => commands.push(line.to_owned()),
                None => assert!(!line.contains("alert(1)"), "GitHub listens to: {line}"),
            },
        }
    }
    assert_eq!(deaf, None, "GitHub listens again at the end");
    assert!(
        heard_nothing_of > 0,
        "the target's words are shown, and not heard"
    );
    assert_eq!(commands.len(), 1, "{commands:?}");
    assert!(
        commands[0].starts_with("::error title=ROOT-1 (must)::"),
        "{commands:?}"
    );
    let summary = text(&summary);
    assert!(summary.starts_with("## ❌ Does not conform"));
    assert!(summary.contains("<b>ROOT-1</b>"));
}

#[test]
fn elsewhere_nothing_of_it_appears() {
    let output = check_welcome(&target::welcoming()).output().unwrap();
    assert!(!String::from_utf8(output.stdout).unwrap().contains("::"));
}
