//! What people do twenty times a day: what failed last, the same several times, the work so far.

use std::fs;

use crate::{
    child::words,
    support::{report, run_command, verdict},
};

#[test]
fn what_failed_last_is_all_that_is_judged_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let to = format!("json={}", json.display());
    let few = ["--requirement", "ROOT-1,RESET-1", "--report", &to];
    let bent = folder.path().join("bent");
    let command = words(&format!("bent:{}", bent.display()));
    fs::write(&bent, "no-reset").expect("the file");
    assert_eq!(run_command(&few, &command).status, 1);

    let again = [&few[..], &["--rerun-failed"]].concat();
    let still = run_command(&again, &command);
    assert_eq!(still.status, 1, "{}", still.text);
    assert!(
        still.text.contains("next    RESET-1, task 16"),
        "{}",
        still.text
    );
    let found = report(&json);
    assert_eq!(verdict(&found, "ROOT-1"), "not-run");
    assert_eq!(verdict(&found, "RESET-1"), "fail");

    fs::write(&bent, "").expect("the file");
    assert_eq!(run_command(&again, &command).status, 0);
    let nothing = run_command(&again, &command);
    assert_eq!(nothing.status, 4, "{}", nothing.text);
    assert!(
        nothing.text.contains("nothing that is selected failed in"),
        "{}",
        nothing.text
    );
}

#[test]
fn a_report_that_is_not_there_or_not_named_is_told() {
    let command = words("small");
    let unnamed = run_command(&["--rerun-failed"], &command);
    assert_eq!(unnamed.status, 2, "{}", unnamed.text);
    assert!(
        unnamed.text.contains("--rerun-failed=report.json"),
        "{}",
        unnamed.text
    );
    let missing = run_command(&["--rerun-failed=/no/such/report.json"], &command);
    assert_eq!(missing.status, 2, "{}", missing.text);
    assert!(
        missing.text.contains("/no/such/report.json"),
        "{}",
        missing.text
    );
}

#[test]
fn repeated_runs_tell_what_is_not_always_the_same_and_with_which_seed() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = folder.path().join("count");
    let few = ["--requirement", "ROOT-1,RESET-1", "--repeat", "3"];
    let steady = run_command(&few, &words("small"));
    assert_eq!(steady.status, 0, "{}", steady.text);
    assert!(
        steady
            .text
            .contains("3 runs gave every requirement the same verdict each time"),
        "{}",
        steady.text
    );
    let seed = ["--seed", "77"];
    let moody = run_command(
        &[&few[..], &seed].concat(),
        &words(&format!("moody:{}", count.display())),
    );
    assert_eq!(moody.status, 1, "{}", moody.text);
    assert!(
        moody.text.contains("Not always the same in 3 runs:")
            && moody
                .text
                .contains("RESET-1    pass with seeds 77, 77; fail with seed 77"),
        "{}",
        moody.text
    );
    assert!(
        !moody.text.contains("  ROOT-1     pass with"),
        "{}",
        moody.text
    );
}

#[test]
fn whoever_is_in_the_middle_of_the_work_is_judged_by_what_is_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let bent = folder.path().join("bent");
    fs::write(&bent, "no-reset").expect("the file");
    let command = words(&format!("bent:{}", bent.display()));
    let done = run_command(&["--pause", "0s", "--up-to", "15"], &command);
    assert_eq!(done.status, 0, "{}", done.text);
    assert!(
        done.text
            .contains("skipped: it needs what task 17 asks for"),
        "{}",
        done.text
    );
    let due = run_command(&["--pause", "0s", "--up-to", "17"], &command);
    assert_eq!(due.status, 1, "{}", due.text);
}
