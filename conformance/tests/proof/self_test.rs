//! `authspec self-test` from outside. Its whole matrix takes minutes in a debug build; a sample
//! of it is a test of the library.

use assert_cmd::Command;

fn self_test(arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::new(env!("CARGO_BIN_EXE_authspec"))
        .env_remove("BASE_URL")
        .arg("self-test")
        .args(arguments)
        .assert()
}

fn stderr(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

#[test]
fn a_report_is_json_or_html() {
    let assert = self_test(&["--report", "junit=x.xml"]).code(2);
    assert!(stderr(&assert).contains("json or html"));
}

#[test]
fn a_report_that_cannot_be_written_is_noticed_before_anything_is_sent() {
    let assert = self_test(&["--report", "json=/no/such/folder/matrix.json"]).code(2);
    assert!(stderr(&assert).contains("cannot write"));
}

#[test]
fn a_base_url_has_to_be_one_and_to_answer() {
    self_test(&["--base-url", "localhost:5000"]).code(2);
    // Nobody listens on port 1.
    let assert = self_test(&["--base-url", "http://127.0.0.1:1"]).code(3);
    assert!(stderr(&assert).contains("does not answer"));
}
