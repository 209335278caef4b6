//! `--baseline` and `--update-baseline`.

use std::{fs, path::Path};

use assert_cmd::Command;

use crate::{authspec, check_welcome, stderr, stdout, target, text};

fn with(url: &str, baseline: &Path) -> Command {
    let mut command = check_welcome(url);
    command.arg("--baseline").arg(baseline);
    command
}

#[test]
fn a_known_failure_ends_with_0_and_a_fixed_one_with_5() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("known.toml");
    fs::write(
        &baseline,
        "[ROOT-1]\nreason = \"a greeting in English, see #7\"\n",
    )
    .unwrap();
    let (bad, good) = (target::hostile(), target::welcoming());

    with(&bad, &baseline).assert().code(0);
    let told = stdout(&mut with(&bad, &baseline));
    assert!(
        told.contains("known: ROOT-1 (a greeting in English, see #7)"),
        "{told}"
    );

    with(&good, &baseline).assert().code(5);
    let told = stdout(&mut with(&good, &baseline));
    assert!(told.contains("delete [ROOT-1] from the baseline"), "{told}");
}

#[test]
fn an_update_makes_the_next_run_pass_and_keeps_what_people_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("known.toml");
    let (bad, good) = (target::hostile(), target::welcoming());

    with(&bad, &baseline)
        .arg("--update-baseline")
        .assert()
        .code(0);
    assert!(text(&baseline).starts_with("[ROOT-1]\nreason = "));
    with(&bad, &baseline).assert().code(0);

    let written = "# Ours.\n\n[ROOT-1]\nreason = \"by choice\"\n";
    fs::write(&baseline, written).unwrap();
    with(&bad, &baseline)
        .arg("--update-baseline")
        .assert()
        .code(0);
    assert_eq!(text(&baseline), written);

    with(&good, &baseline)
        .arg("--update-baseline")
        .assert()
        .code(0);
    assert_eq!(text(&baseline), "# Ours.\n\n");
}

#[test]
fn a_target_that_is_not_reached_rewrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("known.toml");
    let written = "[ROOT-1]\nreason = \"by choice\"\n";
    fs::write(&baseline, written).unwrap();
    with(&target::absent(), &baseline)
        .args(["--update-baseline", "--wait", "0s"])
        .assert()
        .code(3);
    assert_eq!(text(&baseline), written);
}

#[test]
fn a_baseline_that_cannot_be_used_is_an_error_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("known.toml");
    let url = target::absent();
    with(&url, &baseline).assert().code(2);
    fs::write(&baseline, "[ROOT-1]\n").unwrap();
    with(&url, &baseline).assert().code(2);
    let message = stderr(&mut with(&url, &baseline));
    assert!(
        message.contains("known.toml") && message.contains("reason"),
        "{message}"
    );
    authspec().arg("--update-baseline").assert().code(2);
}
