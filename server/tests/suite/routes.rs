//! What the document leaves open, at each route: what is missing, empty, too long or of another
//! kind gets a 4xx and changes nothing.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use crate::support::inside::Inside;
use crate::support::wire::{Answer, Wire};

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

fn send(wire: &mut Wire, method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let length = body.len();
    wire.send(format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    ));
    wire.answer()
}

fn post(wire: &mut Wire, path: &str, body: &str) -> Answer {
    send(wire, "POST", path, FORM, body)
}

#[test]
fn a_missing_or_empty_field_is_refused() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.register("a@x", "p");
    let token = wire.reset("a@x").member("reset_token");
    let email_token = format!("email=a@x&reset_token={token}");
    for (method, path, body, status) in [
        ("POST", "/users", "", 400),
        ("POST", "/users", "email=b@x", 400),
        ("POST", "/users", "password=p", 400),
        ("POST", "/users", "email=&password=p", 400),
        ("POST", "/users", "email=b@x&password=", 400),
        ("POST", "/users", "email=b@x&email=c@x&password=p", 400),
        (
            "POST",
            "/users",
            "{\"email\":\"b@x\",\"password\":\"p\"}",
            400,
        ),
        ("POST", "/sessions", "", 401),
        ("POST", "/sessions", "email=a@x", 401),
        ("POST", "/sessions", "password=p", 401),
        ("POST", "/sessions", "email=a@x&password=", 401),
        ("POST", "/sessions", "email=&password=p", 401),
        ("POST", "/reset_password", "", 403),
        ("POST", "/reset_password", "email=", 403),
        ("PUT", "/reset_password", "", 403),
        ("PUT", "/reset_password", "email=a@x&new_password=q", 403),
        (
            "PUT",
            "/reset_password",
            "email=a@x&reset_token=&new_password=q",
            403,
        ),
        ("PUT", "/reset_password", &email_token, 403),
        (
            "PUT",
            "/reset_password",
            &format!("{email_token}&new_password="),
            400,
        ),
        (
            "PUT",
            "/reset_password",
            &format!("reset_token={token}&new_password=q"),
            403,
        ),
    ] {
        let answer = send(&mut wire, method, path, FORM, body);
        assert_eq!(answer.status, status, "{method} {path} {body}");
        assert_eq!(answer.header("set-cookie"), None);
    }
    assert_eq!(wire.login("a@x", "p").status, 200, "nothing has changed");
    assert_eq!(wire.login("b@x", "p").status, 401, "nobody was registered");
    assert_eq!(
        wire.update("a@x", &token, "q").status,
        200,
        "the token was not used up"
    );
}

#[test]
fn a_body_of_another_kind_is_refused() {
    let server = Inside::start();
    let mut wire = server.wire();
    let body = "email=a@x&password=p";
    for (headers, status) in [
        ("Content-Type: application/json\r\n", 415),
        ("Content-Type: text/plain\r\n", 415),
        ("Content-Type: multipart/form-data; boundary=x\r\n", 415),
        ("", 415),
        (
            "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n",
            200,
        ),
    ] {
        let answer = send(&mut wire, "POST", "/users", headers, body);
        assert_eq!(answer.status, status, "{headers}");
    }
    assert_eq!(
        post(&mut wire, "/users", "email=%ff&password=p").status,
        400
    );
    assert_eq!(
        send(&mut wire, "POST", "/users?email=q@x&password=p", "", "").status,
        400
    );
}

#[test]
fn what_a_column_or_bcrypt_cannot_hold_is_refused() {
    let server = Inside::start();
    let mut wire = server.wire();
    let email = "é".repeat(250);
    assert_eq!(wire.register(&email, "p").status, 200);
    assert_eq!(wire.login(&email, "p").member("email"), email);
    for (email, password) in [
        (&*"e".repeat(251), "p"),
        (&*"e".repeat(10_000), "p"),
        ("line\nfeed@x", "p"),
        ("b@x", &*"p".repeat(73)),
        ("b@x", "nul\0"),
    ] {
        assert_eq!(
            wire.register(email, password).status,
            400,
            "{email} {password}"
        );
    }
    assert_eq!(wire.register("b@x", &"p".repeat(72)).status, 200);
    assert_eq!(wire.login("b@x", &"p".repeat(73)).status, 401);
}

#[test]
fn a_token_opens_the_account_it_was_made_for_and_no_other() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.register("a@x", "p");
    wire.register("b@x", "p");
    let token = wire.reset("a@x").member("reset_token");
    let of_b = wire.reset("b@x").member("reset_token");
    assert_eq!(wire.update("b@x", &token, "q").status, 403);
    assert_eq!(wire.update("nobody@x", &token, "q").status, 403);
    assert_eq!(wire.login("a@x", "p").status, 200);
    assert_eq!(wire.login("b@x", "p").status, 200);
    assert_eq!(wire.update("a@x", &token, "q").status, 200);
    assert_eq!(wire.update("b@x", &of_b, "q").status, 200);
}

#[test]
fn unknown_paths_and_methods() {
    let server = Inside::start();
    let mut wire = server.wire();
    for path in [
        "/nope",
        "/users/",
        "/Users",
        "//",
        "/users/1",
        "/profile%2f",
        "*",
    ] {
        assert_eq!(wire.ask("GET", path, None, &[]).status, 404, "{path}");
    }
    for (method, path, allow) in [
        ("POST", "/", "GET, HEAD"),
        ("GET", "/users", "POST"),
        ("DELETE", "/users", "POST"),
        ("GET", "/sessions", "POST, DELETE"),
        ("PUT", "/sessions", "POST, DELETE"),
        ("POST", "/profile", "GET, HEAD"),
        ("GET", "/reset_password", "POST, PUT"),
        ("PATCH", "/reset_password", "POST, PUT"),
        ("OPTIONS", "/profile", "GET, HEAD"),
        ("BREW", "/", "GET, HEAD"),
    ] {
        let answer = wire.ask(method, path, None, &[]);
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some(allow)),
            "{method} {path}"
        );
    }
    assert_eq!(wire.ask("GET", "/?x=1", None, &[]).status, 200);
}

#[test]
fn head_is_get_without_the_body() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.register("a@x", "p");
    let session_id = wire.login("a@x", "p").session_id();
    for path in ["/", "/profile"] {
        let get = wire.ask("GET", path, Some(&session_id), &[]);
        let head = wire.ask("HEAD", path, Some(&session_id), &[]);
        assert_eq!(head.status, get.status);
        for name in ["content-type", "content-length"] {
            assert_eq!(head.header(name), get.header(name));
        }
    }
    assert_eq!(wire.ask("HEAD", "/profile", None, &[]).status, 403);
}

#[test]
fn a_session_is_recognised_among_other_cookies_and_in_quotes() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.register("a@x", "p");
    let id = wire.login("a@x", "p").session_id();
    for cookies in [
        format!("Cookie: session_id=\"{id}\"\r\n"),
        format!("Cookie: theme=dark; session_id={id}; lang=fr\r\n"),
        format!("Cookie: theme=dark\r\nCookie: session_id={id}\r\n"),
        format!("cookie: session_id={id};\r\n"),
    ] {
        let answer = send(&mut wire, "GET", "/profile", &cookies, "");
        assert_eq!(answer.status, 200, "{cookies}");
    }
}

#[test]
fn logout_is_for_a_session_and_takes_the_cookie_back() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.register("a@x", "p");
    let first = wire.login("a@x", "p").session_id();
    let second = wire.login("a@x", "p").session_id();
    assert_ne!(first, second);
    assert_eq!(wire.profile(&first).status, 403, "a user has one session");
    assert_eq!(wire.logout(&first).status, 403);
    for none in ["", "a@x", "None", "null"] {
        assert_eq!(wire.logout(none).status, 403);
    }
    assert_eq!(wire.ask("DELETE", "/sessions", None, &[]).status, 403);
    assert_eq!(wire.profile(&second).status, 200);
    let answer = wire.logout(&second);
    assert_eq!((answer.status, answer.header("location")), (302, Some("/")));
    assert_eq!(answer.session_id(), "");
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(wire.profile(&second).status, 403);
    assert_eq!(wire.logout(&second).status, 403);
    assert_eq!(wire.login("a@x", "p").status, 200);
}

#[test]
fn no_answer_is_for_a_cache() {
    let server = Inside::start();
    let mut wire = server.wire();
    for path in ["/", "/profile", "/nope"] {
        let answer = wire.ask("GET", path, None, &[]);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

/// Emails and passwords of every kind come through the form, the store and the JSON unchanged, and
/// nothing but the very same password logs in.
#[test]
fn credentials_survive_their_way_there_and_back() {
    let server = Inside::start();
    let number = AtomicUsize::new(0);
    let email = "[^\\p{Cc}]{0,40}";
    let password = "[^\\x00]{1,18}";
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&(email, password, password), |(email, password, other)| {
            let mut wire = server.wire();
            let email = format!("{}{email}", number.fetch_add(1, Ordering::Relaxed));
            prop_assert_eq!(
                wire.register(&email, &password).member("email"),
                email.clone()
            );
            let answer = wire.login(&email, &password);
            prop_assert_eq!(answer.member("email"), email.clone());
            let answer = wire.profile(&answer.session_id());
            prop_assert_eq!(answer.member("email"), email.clone());
            let expected = if other == password { 200 } else { 401 };
            prop_assert_eq!(wire.login(&email, &other).status, expected);
            let token = wire.reset(&email).member("reset_token");
            prop_assert_eq!(wire.update(&email, &token, &other).status, 200);
            prop_assert_eq!(wire.login(&email, &other).status, 200);
            Ok(())
        })
        .unwrap();
}
