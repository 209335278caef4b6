//! `authspec client`: what a client program has to do, and what it has to notice.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use serde_json::{Value, json};

use crate::{
    child::words,
    support::{Ended, authspec, report, verdict},
};

/// A client in one of several roles, silent as the test harness around it is not.
fn program(role: &str) -> Vec<String> {
    let mut words = words(&format!("client:{role}"));
    words[2] = format!("{} > /dev/null 2>&1", words[2]);
    words
}

fn judge(more: &[&str], words: &[String]) -> Ended {
    let mut command = authspec(&["client"]);
    command.args(more).arg("--").args(words);
    command.output().expect("it starts").into()
}

struct Answer {
    status: u16,
    session: String,
    body: Value,
}

/// One request, as a client program sends it.
fn call(method: &str, path: &str, session: &str, fields: &[(&str, &str)]) -> Answer {
    let base = std::env::var("BASE_URL").expect("a URL");
    let address = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let cookie = match session {
        "" => String::new(),
        id => format!("Cookie: session_id={id}\r\n"),
    };
    let typed = "Content-Type: application/x-www-form-urlencoded";
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{cookie}{typed}\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .expect("it is sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("an answer");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let session = head
        .lines()
        .find_map(|line| {
            line.to_lowercase()
                .split_once("session_id=")
                .map(|(_, rest)| rest.to_owned())
        })
        .and_then(|rest| rest.split(';').next().map(str::to_owned))
        .unwrap_or_default();
    Answer {
        status: head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .expect("a status"),
        session,
        body: serde_json::from_str(body).unwrap_or(Value::Null),
    }
}

const EMAIL: &str = "guillaume@holberton.io";

/// Plays the document's program. `careless` asserts nothing, `statuses` asserts no payload,
/// `elsewhere` sends another email, `hasty` logs in before it asks for the profile, `curious` makes
/// further calls between the documented ones.
pub(crate) fn play(role: &str) {
    let check = |answer: &Answer, status: u16, body: Value| {
        if role != "careless" {
            assert_eq!(answer.status, status);
        }
        if !["careless", "statuses"].contains(&role) && !body.is_null() {
            assert_eq!(answer.body, body);
        }
    };
    let email = if role == "elsewhere" {
        "other@holberton.io"
    } else {
        EMAIL
    };
    let credentials = [("email", email), ("password", "b4l0u")];
    let wrong = [("email", email), ("password", "t4rt1fl3tt3")];
    let registered = call("POST", "/users", "", &credentials);
    check(
        &registered,
        200,
        json!({"email": email, "message": "user created"}),
    );
    let tries = |method: &str, path: &str, session: &str, fields: &[(&str, &str)]| {
        if role == "curious" {
            let refused = call(method, path, session, fields);
            assert!(refused.status >= 400 || path == "/", "{method} {path}");
        }
    };
    tries("POST", "/users", "", &credentials);
    tries("POST", "/reset_password", "", &[]);
    check(&call("POST", "/sessions", "", &wrong), 401, Value::Null);
    tries("POST", "/sessions", "", &[("email", email)]);
    let logged_in = json!({"email": email, "message": "logged in"});
    let log_in = || {
        let answer = call("POST", "/sessions", "", &credentials);
        check(&answer, 200, logged_in.clone());
        answer.session
    };
    let early = (role == "hasty").then(log_in);
    check(&call("GET", "/profile", "", &[]), 403, Value::Null);
    let session = early.unwrap_or_else(log_in);
    check(
        &call("GET", "/profile", &session, &[]),
        200,
        json!({"email": email}),
    );
    check(
        &call("DELETE", "/sessions", &session, &[]),
        302,
        Value::Null,
    );
    tries("GET", "/", "", &[]);
    tries("DELETE", "/sessions", &session, &[]);
    let reset = call("POST", "/reset_password", "", &[("email", email)]);
    let token = reset.body["reset_token"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    if role != "careless" {
        assert_eq!(reset.status, 200);
        assert!(!token.is_empty());
        let with_email = json!({"email": email, "reset_token": token});
        check(&reset, 200, with_email);
    }
    let update = [
        ("email", email),
        ("reset_token", &token),
        ("new_password", "t4rt1fl3tt3"),
    ];
    let updated = call("PUT", "/reset_password", "", &update);
    check(
        &updated,
        200,
        json!({"email": email, "message": "Password updated"}),
    );
    tries("PUT", "/reset_password", "", &update);
    check(&call("POST", "/sessions", "", &wrong), 200, logged_in);
}

#[test]
fn a_good_client_conforms() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let html = folder.path().join("report.html");
    let ended = judge(
        &[
            "--report",
            &format!("json={}", json.display()),
            "--report",
            &format!("html={}", html.display()),
        ],
        &program("good"),
    );
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(ended.text.contains("10 of 10 hold"), "{}", ended.text);
    let second = ended.text.lines().nth(2).unwrap_or_default();
    assert_eq!(
        second, "Its calls are right: all nine, in the documented order.",
        "{}",
        ended.text
    );
    assert!(
        ended
            .text
            .contains("It notices every answer that is wrong."),
        "{}",
        ended.text
    );
    let report = report(&json);
    let schema: Value = serde_json::from_str(authspec::report::json::SCHEMA).expect("a schema");
    let valid = jsonschema::validator_for(&schema)
        .expect("a good schema")
        .is_valid(&report);
    assert!(valid, "the report is as its schema says");
    assert!(html.exists());
}

#[test]
fn a_client_that_asserts_nothing_or_too_little_is_found_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let to = format!("json={}", json.display());
    let careless = judge(&["--report", &to], &program("careless"));
    assert_eq!(careless.status, 1, "{}", careless.text);
    let found = report(&json);
    for number in 1..=8 {
        assert_eq!(
            verdict(&found, &format!("CLIENT-{number}")),
            "fail",
            "{number}"
        );
    }
    assert_eq!(verdict(&found, "CLIENT-9"), "pass");
    let said = [
        "It does not notice:",
        "log_out (CLIENT-6, must): that a logout is answered 403",
        "let pass: DELETE /sessions was answered 403 <!doctype html>",
    ];
    for line in said {
        assert!(careless.text.contains(line), "{line}: {}", careless.text);
    }
}

#[test]
fn what_a_client_does_not_notice_in_a_payload_is_a_should() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let to = format!("json={}", json.display());
    let statuses = judge(&["--report", &to], &program("statuses"));
    assert_eq!(statuses.status, 0, "{}", statuses.text);
    let found = report(&json);
    for number in 1..=10 {
        let id = format!("CLIENT-{number}");
        assert_eq!(verdict(&found, &id), "pass", "{id}: {}", statuses.text);
    }
    assert_eq!(verdict(&found, "CLIENT-11"), "fail");
    for (function, does) in [
        ("register_user", "a registration has another message"),
        ("log_in", "a login has another email"),
        ("profile_logged", "a profile lacks its email"),
        ("reset_password_token", "a reset token has another email"),
        ("update_password", "an update has another message"),
    ] {
        let line = format!("{function} (CLIENT-11, should): that the payload of {does}");
        assert!(statuses.text.contains(&line), "{line}: {}", statuses.text);
    }
    assert!(
        statuses
            .text
            .contains("let pass: GET /profile was answered 200 {}"),
        "{}",
        statuses.text
    );
    assert_eq!(judge(&["--strict"], &program("statuses")).status, 1);
}

#[test]
fn a_client_may_call_more_than_the_document_asks_for() {
    let ended = judge(&["--strict"], &program("curious"));
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(ended.text.contains("Its calls are right"), "{}", ended.text);
}

#[test]
fn the_order_and_the_parameters_are_the_documents() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let to = format!("json={}", json.display());
    let hasty = judge(&["--report", &to], &program("hasty"));
    assert_eq!(hasty.status, 1, "{}", hasty.text);
    assert_eq!(verdict(&report(&json), "CLIENT-9"), "fail");
    assert!(
        hasty
            .text
            .contains("call 4 is POST /sessions only before call 3"),
        "{}",
        hasty.text
    );
    let elsewhere = judge(&["--report", &to], &program("elsewhere"));
    assert_eq!(elsewhere.status, 1, "{}", elsewhere.text);
    assert!(
        elsewhere
            .text
            .contains("form field \"email\": guillaume@holberton.io"),
        "{}",
        elsewhere.text
    );
}

#[test]
fn a_client_that_fails_or_talks_or_calls_nobody_is_told_so() {
    let fails = judge(
        &[],
        &[
            "sh".into(),
            "-c".into(),
            "echo Traceback; echo AssertionError; exit 1".into(),
        ],
    );
    assert_eq!(fails.status, 1, "{}", fails.text);
    assert!(fails.text.contains("AssertionError"), "{}", fails.text);
    assert!(
        fails.text.contains("so what it notices says nothing"),
        "{}",
        fails.text
    );
    let mut talks = program("good");
    talks[2] = format!("echo done; {}", talks[2]);
    let talks = judge(&[], &talks);
    assert_eq!(talks.status, 1, "{}", talks.text);
    assert!(
        talks.text.contains("does not conform: CLIENT-10"),
        "{}",
        talks.text
    );
    let hangs = judge(&["--limit", "500ms"], &["sleep".into(), "60".into()]);
    assert_eq!(hangs.status, 1, "{}", hangs.text);
    assert!(hangs.text.contains("killed after 500ms"), "{}", hangs.text);
    let absent = judge(&[], &["/no/such/client".into()]);
    assert_eq!(absent.status, 2, "{}", absent.text);
}
