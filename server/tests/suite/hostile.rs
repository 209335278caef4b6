//! Input that no well-meaning client sends, over raw sockets: what each gets, and that the server
//! serves the next client as if nothing had been.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::inside::Inside;

/// What each gets: a table to be read by people.
const TABLE: &str = include_str!("hostile/table.txt");

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
/// The end of a chunked body, and what must not be taken for a request of its own where the
/// server has refused the body.
const HIDDEN: &str = "0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";

/// A login with these headers and that body; the login itself would be refused with 401.
fn login(headers: &str, body: &str) -> String {
    format!("POST /sessions HTTP/1.1\r\nHost: x\r\n{FORM}{headers}\r\n{body}")
}

fn get(headers: &str) -> String {
    format!("GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n")
}

/// The bytes that a row of the table describes.
fn bytes(described: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = described;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match character {
            '\\' => {
                let escape = rest.chars().next().unwrap();
                rest = &rest[1..];
                bytes.push(match escape {
                    'r' => b'\r',
                    'n' => b'\n',
                    '0' => 0,
                    'x' => {
                        let (digits, after) = rest.split_at(2);
                        rest = after;
                        u8::from_str_radix(digits, 16).unwrap()
                    }
                    other => panic!("{other} is no escape: {described}"),
                });
            }
            '{' => {
                let (inside, after) = rest.split_once('}').unwrap();
                rest = after;
                bytes.extend(match (inside, inside.split_once('*')) {
                    ("get", _) => b"GET / HTTP/1.1\r\nHost: x\r\n".to_vec(),
                    ("login", _) => login("", "").trim_end().as_bytes().to_vec(),
                    ("chunked", _) => b"Transfer-Encoding: chunked\r\n".to_vec(),
                    ("hidden", _) => HIDDEN.as_bytes().to_vec(),
                    (_, Some((count, text))) => self::bytes(text).repeat(count.parse().unwrap()),
                    _ => panic!("{inside} stands for nothing: {described}"),
                });
                if inside == "login" {
                    bytes.extend(b"\r\n");
                }
            }
            other => bytes.extend(other.to_string().bytes()),
        }
    }
    bytes
}

/// Sends the bytes and then a mark, a request with an answer of its own. Returns the statuses
/// before it, and `end` if it got no answer.
fn gets(server: &Inside, bytes: &[u8]) -> String {
    let mut wire = server.wire();
    wire.send(bytes);
    wire.send("PATCH / HTTP/1.1\r\nHost: mark\r\n\r\n");
    wire.finish();
    let mut gets = String::new();
    while let Some(answer) = wire.try_answer() {
        if answer.status == 405 {
            return gets.trim_end().to_owned();
        }
        write!(gets, "{} ", answer.status).unwrap();
    }
    gets + "end"
}

fn assert_serves(server: &Inside) {
    assert_eq!(server.wire().ask("GET", "/", None, &[]).status, 200);
}

#[test]
fn each_row_of_the_table_gets_what_it_says() {
    let server = Inside::start();
    let mut wrong = String::new();
    let mut rows = 0;
    for row in TABLE
        .lines()
        .filter(|row| !row.is_empty() && !row.starts_with('#'))
    {
        let mut columns = row.splitn(3, " | ");
        let mut column = || columns.next().expect(row);
        let (name, expected, described) = (column().trim(), column().trim(), column());
        let gets = gets(&server, &bytes(described));
        if gets != expected {
            writeln!(wrong, "{name}: {gets}, expected {expected}").unwrap();
        }
        rows += 1;
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(rows > 80, "only {rows} rows were read");
    assert_serves(&server);
}

#[test]
fn a_client_that_asks_first_is_told_to_continue() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.send(login("Expect: 100-continue\r\nContent-Length: 17\r\n", ""));
    assert_eq!(wire.answer().status, 100);
    wire.send("email=a&password=");
    assert_eq!(wire.answer().status, 401);
}

#[test]
fn a_body_that_ends_too_soon_changes_nothing() {
    let server = Inside::start();
    let mut wire = server.wire();
    let body = "email=a@x&password=p";
    let head = format!("POST /users HTTP/1.1\r\nHost: x\r\n{FORM}");
    wire.send(format!("{head}Content-Length: 21\r\n\r\n{body}"));
    assert_eq!(wire.finish().answer().status, 400);
    let mut wire = server.wire();
    wire.send(format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n14\r\n{body}\r\n"
    ));
    assert_eq!(wire.finish().answer().status, 400);
    assert_eq!(server.wire().register("a@x", "p").status, 200);
}

#[test]
fn a_client_that_has_said_all_is_answered() {
    let server = Inside::start();
    for request in [
        get(""),
        login("Content-Length: 17\r\n", "email=a&password="),
    ] {
        let mut wire = server.wire();
        wire.send(request).finish();
        assert!([200, 401].contains(&wire.answer().status));
        assert!(wire.is_ended());
    }
}

#[test]
fn nothing_of_a_request_comes_back_as_a_header_or_as_markup() {
    let server = Inside::start();
    let mut wire = server.wire();
    let evil = "<script>alert(1)</script>\"@x";
    let answer = wire.register(evil, "p");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.member("email"), evil);
    wire.send(format!(
        "GET /{evil}%0d%0aSet-Cookie:x HTTP/1.1\r\nHost: x\r\nCookie: session_id={evil}\r\n\r\n"
    ));
    let answer = wire.answer();
    assert!(answer.status >= 400);
    assert!(!answer.body.contains("script"), "{}", answer.body);
}

/// A request with some of it changed: whatever comes out, the server answers or hangs up, answers
/// with no 5xx but the 501 of an unknown coding, and lives on.
#[test]
fn damaged_requests_are_answered_or_refused() {
    let server = Inside::start();
    server.wire().register("a@x", "p");
    let originals = [
        get("Cookie: session_id=x; a=b\r\n"),
        login("Content-Length: 20\r\n", "email=a@x&password=p"),
        login(
            "Transfer-Encoding: chunked\r\n",
            "14\r\nemail=a@x&password=p\r\n0\r\n\r\n",
        ),
    ];
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 1..4),
        proptest::sample::select(vec![
            "\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            ":",
            ";",
            "=",
            "&",
            "%",
            "+",
            "\"",
            "HTTP/1.1",
            "0\r\n\r\n",
            "Content-Length: 1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Host: y\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Connection: upgrade\r\n",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    let edit = (any::<prop::sample::Index>(), 0_usize..4, piece);
    let edits = (0..originals.len(), proptest::collection::vec(edit, 1..4));
    let mut runner = TestRunner::new(Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&edits, |(original, edits)| {
            let mut bytes = originals[original].clone().into_bytes();
            for (place, removed, piece) in edits {
                let start = place.index(bytes.len());
                let end = (start + removed).min(bytes.len());
                bytes.splice(start..end, piece);
            }
            let gets = statuses(&server, &bytes);
            prop_assert!(
                gets.iter().all(|status| *status < 500 || *status == 501),
                "{gets:?}"
            );
            Ok(())
        })
        .unwrap();
    assert_serves(&server);
}

fn statuses(server: &Inside, bytes: &[u8]) -> Vec<u16> {
    let mut wire = server.wire();
    wire.send(bytes).finish();
    let mut statuses = Vec::new();
    while let Some(answer) = wire.try_answer() {
        statuses.push(answer.status);
    }
    statuses
}
