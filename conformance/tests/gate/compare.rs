//! `authspec compare OLD NEW`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{authspec, check_welcome, stderr, stdout, target};

fn report(folder: &Path, name: &str, url: &str) -> PathBuf {
    let path = folder.join(name);
    let mut command = check_welcome(url);
    command.arg(format!("--report=json={}", path.display()));
    command.output().unwrap();
    path
}

#[test]
fn something_broken_ends_with_1_and_something_fixed_with_0() {
    let folder = tempfile::tempdir().unwrap();
    let good = report(folder.path(), "good.json", &target::welcoming());
    let bad = report(folder.path(), "bad.json", &target::hostile());
    let mut broken = authspec();
    broken.arg("compare").args([&good, &bad]);
    broken.assert().code(1);
    assert!(stdout(&mut broken).starts_with("Broken (1)\n  ROOT-1 "));
    let mut fixed = authspec();
    fixed.arg("compare").args([&bad, &good]).arg("--json");
    fixed.assert().code(0);
    let told: serde_json::Value = serde_json::from_str(&stdout(&mut fixed)).unwrap();
    assert_eq!(told["changes"][0]["change"], "fixed");
}

#[test]
fn what_is_no_report_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.json");
    fs::write(&path, "[]").unwrap();
    let mut command = authspec();
    command
        .arg("compare")
        .args([&path, &folder.path().join("absent.json")]);
    command.assert().code(2);
    assert!(stderr(&mut command).contains("other.json: it is no JSON report of authspec"));
}
