//! What the help of each command says.

use crate::support::run;

fn help(command: &str) -> String {
    let ended = run(&[command, "--help"]);
    assert_eq!(ended.status, 0, "{}", ended.text);
    ended.text
}

#[test]
fn doctor() {
    insta::assert_snapshot!(help("doctor"));
}

#[test]
fn grade() {
    insta::assert_snapshot!(help("grade"));
}

#[test]
fn merge() {
    insta::assert_snapshot!(help("merge"));
}

#[test]
fn client() {
    insta::assert_snapshot!(help("client"));
}
