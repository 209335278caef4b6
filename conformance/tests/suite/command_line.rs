//! The program from outside: what it prints and how it ends.

use crate::support::{Canned, authspec, status, stderr, stdout, steady};

#[test]
fn without_a_target_it_judges_the_reference_server_and_conforms() {
    let output = authspec(&["--level", "must"]).output().expect("it starts");
    let text = stdout(&output);
    assert_eq!(status(&output), 0, "{text}");
    let first = text.lines().next().unwrap_or_default();
    assert!(
        first.contains("the reference server, in this process (bcrypt cost 4)"),
        "{first}"
    );
    assert_eq!(text.lines().last(), Some("conforms"));
    assert!(!text.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn base_url_in_the_environment_names_the_target_and_an_empty_one_does_not() {
    let canned = Canned::start("200 OK", r#"{"message": "Bienvenue"}"#);
    let named = authspec(&["--requirement", "ROOT-1"])
        .env("BASE_URL", &canned.url)
        .output()
        .expect("it starts");
    assert_eq!(status(&named), 0);
    assert!(stdout(&named).contains(&canned.url));
    let unnamed = authspec(&["--requirement", "ROOT-1"])
        .env("BASE_URL", "")
        .output()
        .expect("it starts");
    assert!(stdout(&unnamed).contains("the reference server"));
}

#[test]
fn a_server_that_refuses_everything_satisfies_no_must() {
    let canned = Canned::start("403 Forbidden", "");
    let output = authspec(&["--base-url", &canned.url, "--pause", "0s"])
        .output()
        .expect("it starts");
    assert_eq!(status(&output), 1);
    assert!(
        stdout(&output).contains("must    0 of 38 hold"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_server_that_says_yes_to_everything_satisfies_no_must() {
    let canned = Canned::start("200 OK", "{}");
    let output = authspec(&["--base-url", &canned.url, "--pause", "0s"])
        .output()
        .expect("it starts");
    assert_eq!(status(&output), 1);
    assert!(
        stdout(&output).contains("must    0 of 38 hold"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_failure_shows_what_was_sent_expected_and_came_and_how_to_repeat_it() {
    let canned = Canned::start("200 OK", r#"{"message": "Bonjour", "extra": 1}"#);
    let output = authspec(&[
        "--base-url",
        &canned.url,
        "--requirement",
        "ROOT-1",
        "--seed",
        "7",
    ])
    .output()
    .expect("it starts");
    assert_eq!(status(&output), 1);
    insta::assert_snapshot!(steady(&stdout(&output), &canned.url));
}

#[test]
fn verbose_shows_every_request_and_answer() {
    let canned = Canned::start("500 Oops", "<h1>Internal\u{7} Server Error</h1>");
    let output = authspec(&[
        "--base-url",
        &canned.url,
        "--requirement",
        "REG-1",
        "--seed",
        "7",
        "--verbose",
    ])
    .output()
    .expect("it starts");
    insta::assert_snapshot!(steady(&stdout(&output), &canned.url));
}

#[test]
fn what_cannot_be_judged_is_told_by_cause() {
    let canned = Canned::start("403 Forbidden", "");
    let output = authspec(&[
        "--base-url",
        &canned.url,
        "--requirement",
        "LOGIN-4",
        "--seed",
        "7",
    ])
    .output()
    .expect("it starts");
    assert_eq!(status(&output), 6);
    insta::assert_snapshot!(steady(&stdout(&output), &canned.url));
}

#[test]
fn the_printed_curl_command_repeats_the_answer() {
    if std::process::Command::new("curl")
        .arg("--version")
        .output()
        .is_err()
    {
        assert!(std::env::var_os("CI").is_none(), "CI needs curl");
        eprintln!("SKIPPED: curl is not installed");
        return;
    }
    let canned = Canned::start("418 I'm a teapot", "");
    let output = authspec(&["--base-url", &canned.url, "--requirement", "REG-1"])
        .output()
        .expect("it starts");
    let text = stdout(&output);
    let command = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("repeat"))
        .expect("a command");
    let repeated = std::process::Command::new("sh")
        .args(["-c", command.trim()])
        .output()
        .expect("a shell");
    assert!(
        stdout(&repeated).starts_with("HTTP/1.1 418"),
        "{}",
        stdout(&repeated)
    );
}

#[test]
fn a_target_that_is_not_there_is_status_3() {
    let output = authspec(&["--base-url", "http://127.0.0.1:1", "--wait", "0s"])
        .output()
        .expect("it starts");
    assert_eq!(status(&output), 3);
    assert!(
        stdout(&output).contains("Is it running"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_wrong_command_line_is_status_2_and_says_what_to_do() {
    let cases: [(&[&str], &str); 10] = [
        (
            &["--base-url", "localhost:5000"],
            "write http://localhost:5000",
        ),
        (&["--base-url", "ftp://h"], "neither http nor https"),
        (&["--requirement", "LOGIN4"], "did you mean LOGIN-4?"),
        (&["--task", "21"], "21"),
        (&["--level", "could"], "must, should or may"),
        (&["--tags", "@a,@b"], "joined by and"),
        (&["--name", "("], "regex"),
        (&["--timeout", "5"], "5s"),
        (&["--report", "pdf=x"], "json, junit"),
        (&["--header", "secret-without-colon"], "Name: value"),
    ];
    for (arguments, hint) in cases {
        let output = authspec(arguments).output().expect("it starts");
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(
            stderr(&output).contains(hint),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
    let nothing = authspec(&["--name", "no such title"])
        .output()
        .expect("it starts");
    assert_eq!(status(&nothing), 4);
}

#[test]
fn a_seed_makes_the_same_data_and_says_where_it_was_used_before() {
    let one = Canned::start("500 Oops", "");
    let texts: Vec<String> = (0..2)
        .map(|_| {
            let output = authspec(&[
                "--base-url",
                &one.url,
                "--seed",
                "11",
                "--requirement",
                "REG-1",
            ])
            .output()
            .expect("it starts");
            steady(&stdout(&output), &one.url)
        })
        .collect();
    assert_eq!(texts[0], texts[1]);

    let used = Canned::start("200 OK", r#"{"reset_token": "x"}"#);
    let output = authspec(&["--base-url", &used.url, "--seed", "11"])
        .output()
        .expect("it starts");
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("leave --seed out"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_list_and_an_explanation_need_no_target() {
    let list = authspec(&["list"]).output().expect("it starts");
    assert_eq!(status(&list), 0);
    insta::assert_snapshot!("list", stdout(&list));
    let explained = authspec(&["explain", "login-4"])
        .output()
        .expect("it starts");
    assert_eq!(status(&explained), 0);
    insta::assert_snapshot!("explain", stdout(&explained));
    let unknown = authspec(&["explain", "LOGIN-99"])
        .output()
        .expect("it starts");
    assert_eq!(status(&unknown), 2);
    assert!(
        stderr(&unknown).contains("did you mean LOGIN-1"),
        "{}",
        stderr(&unknown)
    );
}

#[test]
fn the_help_has_examples_and_the_exit_statuses() {
    let help = authspec(&["--help"])
        .env("COLUMNS", "100")
        .output()
        .expect("it starts");
    assert_eq!(status(&help), 0);
    insta::assert_snapshot!("help", stdout(&help));
}
