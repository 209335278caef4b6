//! Completions and manual pages.

use crate::{authspec, stderr, stdout};

#[test]
fn every_shell_gets_completions_with_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let mut command = authspec();
        command.args(["completions", shell]);
        command.assert().success();
        let script = stdout(&mut command);
        for word in ["compare", "explain", "base-url", "update-baseline"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let mut command = authspec();
    command.args(["completions", "dos"]);
    command.assert().code(2);
}

#[test]
fn the_manual_has_a_page_for_the_program_and_for_each_command() {
    let page = stdout(authspec().arg("man"));
    assert!(page.starts_with(".ie"), "{page}");
    assert!(page.contains(".TH authspec 1"));
    let folder = tempfile::tempdir().unwrap();
    authspec()
        .args(["man", "--folder"])
        .arg(folder.path())
        .assert()
        .success();
    assert!(folder.path().join("authspec.1").exists());
    assert!(folder.path().join("authspec-compare.1").exists());
    let mut command = authspec();
    command.args(["man", "--folder", "/nowhere/at/all"]);
    command.assert().code(2);
    assert!(stderr(&mut command).contains("/nowhere/at/all"));
}

#[test]
fn help_never_shows_a_header_s_value_from_the_environment() {
    let mut command = authspec();
    command
        .arg("--help")
        .env("AUTHSPEC_HEADER", "X-Api-Key: c4nary");
    command.assert().success();
    assert!(!stdout(&mut command).contains("c4nary"));
}
