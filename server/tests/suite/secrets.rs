//! What must not be told: passwords, tokens and session ids to a log, and who has an account to
//! somebody who only tries to log in.

use crate::support::inside::Inside;
use crate::support::program::{Program, folder};

#[test]
fn no_secret_is_in_the_log_however_much_is_logged() {
    let (folder, file) = folder();
    let program = Program::start(folder.path(), &["--log", "trace", "--access-log"]);
    let mut wire = program.wire();
    let password = "canary-password";
    let mut secrets = vec![
        password.to_owned(),
        "canary-new".into(),
        "canary-wrong".into(),
    ];
    wire.register("canary-a@x", password);
    wire.register("canary-a@x", password);
    wire.login("canary-a@x", "canary-wrong");
    let session_id = wire.login("canary-a@x", password).session_id();
    wire.profile(&session_id);
    wire.profile("canary-session");
    wire.logout(&session_id);
    let token = wire.reset("canary-a@x").member("reset_token");
    wire.update("canary-a@x", "canary-token", "canary-new");
    wire.update("canary-a@x", &token, &"canary-long".repeat(10));
    wire.update("canary-a@x", &token, "canary-new");
    secrets.extend([session_id, token]);
    // What people do by mistake, and what breaks.
    wire.ask("GET", "/profile?password=canary-query", None, &[]);
    wire.ask(
        "POST",
        "/sessions?password=canary-query",
        None,
        &[("email", "canary-a@x")],
    );
    let mut broken = program.wire();
    broken.send("POST /users HTTP/1.1\r\nHost: x\r\nCookie: canary-cookie\r\nContent-Length: x\r\n\r\ncanary-body");
    broken.answer();
    let mut cut = program.wire();
    cut.send("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\npassword=canary-cut");
    cut.finish().answer();
    let (status, log) = program.stop();
    assert_eq!(status.code(), Some(0));
    assert!(
        log.lines().filter(|line| line.contains("access")).count() >= 13,
        "{log}"
    );
    assert!(!log.contains("canary"), "{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in {log}");
    }
    let stored = std::fs::read(&file).unwrap();
    for password in [&b"canary-password"[..], b"canary-new"] {
        assert!(
            !stored
                .windows(password.len())
                .any(|window| window == password)
        );
    }
}

#[test]
fn no_error_page_repeats_what_was_sent() {
    let server = Inside::start();
    let mut wire = server.wire();
    let long = "canary".repeat(20);
    for answer in [
        wire.login("canary@x", "canary"),
        wire.register("canary@x", &long),
        wire.register(&long.repeat(3), "p"),
        wire.update("canary@x", "canary", "canary"),
        wire.profile("canary"),
        wire.ask("GET", "/canary?canary", None, &[]),
        wire.ask("CANARY", "/users", None, &[]),
        wire.ask("POST", "/users", None, &[("canary", "canary")]),
    ] {
        assert!(answer.status >= 400);
        assert!(!answer.body.contains("canary"), "{answer:?}");
    }
}

#[test]
fn an_unknown_email_and_a_wrong_password_get_the_same_answer() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.register("a@x", "p");
    let mut answers = [wire.login("a@x", "wrong"), wire.login("b@x", "wrong")];
    for answer in &mut answers {
        assert_eq!(answer.status, 401);
        answer.headers.retain(|(name, _)| name != "date");
    }
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn session_ids_and_tokens_are_random_uuids() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.register("a@x", "p");
    let mut seen = std::collections::HashSet::new();
    for _ in 0..20 {
        for id in [
            wire.login("a@x", "p").session_id(),
            wire.reset("a@x").member("reset_token"),
        ] {
            let uuid: uuid::Uuid = id.parse().unwrap();
            assert_eq!(uuid.get_version(), Some(uuid::Version::Random));
            assert!(seen.insert(uuid));
        }
    }
}
