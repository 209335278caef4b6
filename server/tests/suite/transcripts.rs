//! The curl transcripts of tasks 7, 11, 15 and the session of task 20, against the running
//! program, byte for byte as curl sends them.
//!
//! Of the lengths that the document prints, 39 and 46 are those of compact JSON and a line feed.
//! The 52 beside its first body is the length of that body in no form of JSON: it is 48 here.

use crate::support::program::{Program, folder};
use crate::support::wire::{Answer, Wire};

/// What `curl -d … -d …` sends.
fn curl(wire: &mut Wire, method: &str, path: &str, more: &str, body: &str) -> Answer {
    let about_body = if body.is_empty() {
        String::new()
    } else {
        format!(
            "Content-Length: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            body.len()
        )
    };
    wire.send(format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost:5000\r\nUser-Agent: curl/7.58.0\r\n\
         Accept: */*\r\n{more}{about_body}\r\n{body}"
    ));
    wire.answer()
}

#[test]
fn task_7_register_user() {
    let (folder, _) = folder();
    let program = Program::start(folder.path(), &[]);
    let body = "email=bob@me.com&password=mySuperPwd";
    let mut wire = program.wire();
    let answer = curl(&mut wire, "POST", "/users", "", body);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("content-length"), Some("48"));
    assert!(answer.header("date").is_some());
    assert_eq!(
        answer.body,
        "{\"email\":\"bob@me.com\",\"message\":\"user created\"}\n"
    );
    let answer = curl(&mut wire, "POST", "/users", "", body);
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("content-length"), Some("39"));
    assert_eq!(answer.body, "{\"message\":\"email already registered\"}\n");
}

/// A cookie as the document shows it, with what it leaves open after that.
fn assert_session_cookie(answer: &Answer) {
    let cookie = answer.header("set-cookie").unwrap();
    let session_id = answer.session_id();
    assert!(session_id.parse::<uuid::Uuid>().is_ok(), "{cookie}");
    let expected = format!("session_id={session_id}; Path=/; HttpOnly; SameSite=Lax");
    assert_eq!(cookie, expected);
}

#[test]
fn tasks_11_and_15_log_in_and_user_profile() {
    let (folder, _) = folder();
    let program = Program::start(folder.path(), &[]);
    let mut wire = program.wire();
    let body = "email=bob@bob.com&password=mySuperPwd";
    let answer = curl(&mut wire, "POST", "/users", "", body);
    assert_eq!(
        answer.body,
        "{\"email\":\"bob@bob.com\",\"message\":\"user created\"}\n"
    );

    let answer = curl(&mut wire, "POST", "/sessions", "", body);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("content-length"), Some("46"));
    assert_eq!(
        answer.body,
        "{\"email\":\"bob@bob.com\",\"message\":\"logged in\"}\n"
    );
    assert_session_cookie(&answer);
    let cookie = format!("Cookie: session_id={}\r\n", answer.session_id());

    let wrong = "email=bob@bob.com&password=BlaBla";
    let answer = curl(&mut wire, "POST", "/sessions", "", wrong);
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(answer.header("set-cookie"), None);
    assert!(answer.header("www-authenticate").is_some());
    insta::assert_snapshot!(answer.body, @r#"
    <!doctype html>
    <html lang="en">
    <title>401 Unauthorized</title>
    <h1>Unauthorized</h1>
    <p>The email and the password do not belong to a user.</p>
    "#);

    let answer = curl(&mut wire, "GET", "/profile", &cookie, "");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.body, "{\"email\":\"bob@bob.com\"}\n");

    // The document's command says `nope`, and its log shows the id without its last digit.
    let cut = format!("{}\r\n", &cookie[..cookie.len() - 3]);
    for none in ["Cookie: session_id=nope\r\n", &cut] {
        let answer = curl(&mut wire, "GET", "/profile", none, "");
        assert_eq!(answer.status, 403);
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        insta::allow_duplicates! {
            insta::assert_snapshot!(answer.body, @r#"
            <!doctype html>
            <html lang="en">
            <title>403 Forbidden</title>
            <h1>Forbidden</h1>
            <p>You may not do that: there is no such session, user or token.</p>
            "#);
        }
    }
}

#[test]
fn task_20_the_whole_session() {
    const EMAIL: &str = "guillaume@holberton.io";
    const PASSWD: &str = "b4l0u";
    const NEW_PASSWD: &str = "t4rt1fl3tt3";
    let (folder, _) = folder();
    let program = Program::start(folder.path(), &[]);
    let mut wire = program.wire();

    let answer = wire.register(EMAIL, PASSWD);
    assert_eq!((answer.status, &*answer.member("email")), (200, EMAIL));
    assert_eq!(wire.login(EMAIL, NEW_PASSWD).status, 401);
    assert_eq!(wire.ask("GET", "/profile", None, &[]).status, 403);
    let session_id = wire.login(EMAIL, PASSWD).session_id();
    assert_eq!(wire.profile(&session_id).member("email"), EMAIL);
    let answer = wire.logout(&session_id);
    assert_eq!((answer.status, answer.header("location")), (302, Some("/")));
    let welcome = wire.ask("GET", "/", None, &[]);
    assert_eq!(welcome.body, "{\"message\":\"Bienvenue\"}\n");
    let answer = wire.reset(EMAIL);
    assert_eq!((answer.status, &*answer.member("email")), (200, EMAIL));
    let answer = wire.update(EMAIL, &answer.member("reset_token"), NEW_PASSWD);
    assert_eq!(answer.status, 200);
    let payload = "{\"email\":\"guillaume@holberton.io\",\"message\":\"Password updated\"}\n";
    assert_eq!(answer.body, payload);
    assert_eq!(wire.login(EMAIL, NEW_PASSWD).status, 200);
}
