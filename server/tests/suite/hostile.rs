//! Input that no well-meaning client sends, over raw sockets: what each gets, and that the server
//! serves the next client as if nothing had been.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::inside::Inside;
use crate::support::wire::{Answer, Wire};

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// What a connection gets for what it sends: statuses, and whether it is ended then.
#[derive(Debug, PartialEq, Eq)]
struct Gets {
    statuses: Vec<u16>,
    ended: bool,
}

/// The rest of the connection is over.
fn ended(statuses: impl Into<Vec<u16>>) -> Gets {
    Gets {
        statuses: statuses.into(),
        ended: true,
    }
}

/// The connection goes on: a request sent after it is answered.
fn open(statuses: impl Into<Vec<u16>>) -> Gets {
    Gets {
        statuses: statuses.into(),
        ended: false,
    }
}

/// Sends the bytes and then a mark, a request with an answer of its own.
fn send(server: &Inside, bytes: &[u8]) -> Gets {
    let mut wire = server.wire();
    wire.send(bytes);
    wire.send("PATCH / HTTP/1.1\r\nHost: mark\r\n\r\n");
    wire.finish();
    let mut gets = ended([]);
    while let Some(Answer { status, .. }) = wire.try_answer() {
        if status == 405 {
            gets.ended = false;
            break;
        }
        gets.statuses.push(status);
    }
    gets
}

fn assert_serves(server: &Inside) {
    assert_eq!(server.wire().ask("GET", "/", None, &[]).status, 200);
}

/// A login with these headers and that body; the login itself would be refused with 401.
fn login(headers: &str, body: &str) -> String {
    format!("POST /sessions HTTP/1.1\r\nHost: x\r\n{FORM}{headers}\r\n{body}")
}

fn get(headers: &str) -> String {
    format!("GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n")
}

fn assert_table(rows: Vec<(&str, Vec<u8>, Gets)>) {
    let server = Inside::start();
    let mut wrong = String::new();
    for (name, bytes, expected) in rows {
        let gets = send(&server, &bytes);
        if gets != expected {
            writeln!(wrong, "{name}: {gets:?}, expected {expected:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_serves(&server);
}

#[test]
fn two_readings_of_where_a_request_ends() {
    let chunked = "Transfer-Encoding: chunked\r\n";
    let hidden = "0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";
    let row =
        |name, headers: &str, body: &str, gets| (name, login(headers, body).into_bytes(), gets);
    assert_table(vec![
        row(
            "length and chunked",
            &format!("Content-Length: 5\r\n{chunked}"),
            hidden,
            ended([400]),
        ),
        row(
            "chunked and length",
            &format!("{chunked}Content-Length: 5\r\n"),
            hidden,
            ended([400]),
        ),
        row(
            "chunked twice",
            &format!("{chunked}{chunked}"),
            "0\r\n\r\n",
            ended([501]),
        ),
        row(
            "chunked, chunked",
            "Transfer-Encoding: chunked, chunked\r\n",
            "0\r\n\r\n",
            ended([501]),
        ),
        row(
            "chunked, identity",
            "Transfer-Encoding: chunked, identity\r\n",
            "0\r\n\r\n",
            ended([400]),
        ),
        row(
            "gzip, chunked",
            "Transfer-Encoding: gzip, chunked\r\n",
            "0\r\n\r\n",
            ended([501]),
        ),
        row(
            "identity",
            "Transfer-Encoding: identity\r\n",
            hidden,
            ended([400]),
        ),
        row(
            "xchunked",
            "Transfer-Encoding: xchunked\r\n",
            hidden,
            ended([400]),
        ),
        row(
            "a blank before the colon",
            "Transfer-Encoding : chunked\r\n",
            hidden,
            ended([400]),
        ),
        row(
            "a folded line",
            "Transfer-Encoding:\r\n chunked\r\n",
            hidden,
            ended([400]),
        ),
        row(
            "a vertical tab",
            "Transfer-Encoding: \x0bchunked\r\n",
            hidden,
            ended([400]),
        ),
        row(
            "two lengths that differ",
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "abcdef",
            ended([400]),
        ),
        row(
            "two lengths that agree",
            "Content-Length: 5\r\nContent-Length: 5\r\n",
            "abcde",
            open([400]),
        ),
        row(
            "a list of lengths",
            "Content-Length: 5, 5\r\n",
            "abcde",
            ended([400]),
        ),
        row(
            "a signed length",
            "Content-Length: +5\r\n",
            "abcde",
            ended([400]),
        ),
        row(
            "a negative length",
            "Content-Length: -5\r\n",
            "abcde",
            ended([400]),
        ),
        row(
            "a hexadecimal length",
            "Content-Length: 0x5\r\n",
            "abcde",
            ended([400]),
        ),
        row(
            "an empty length",
            "Content-Length: \r\n",
            "abcde",
            ended([400]),
        ),
        row(
            "a length beyond counting",
            "Content-Length: 99999999999999999999999\r\n",
            "a",
            ended([400]),
        ),
        row(
            "a chunk size that is none",
            chunked,
            "zz\r\nab\r\n0\r\n\r\n",
            ended([400]),
        ),
        row(
            "a negative chunk size",
            chunked,
            "-1\r\nab\r\n0\r\n\r\n",
            ended([400]),
        ),
        row(
            "a chunk size beyond counting",
            chunked,
            "fffffffffffffffff\r\n",
            ended([400]),
        ),
        row(
            "a chunk size ended by a line feed",
            chunked,
            "9\nemail=a&p\r\n0\r\n\r\n",
            ended([400]),
        ),
        row(
            "a chunk longer than its size",
            chunked,
            "2\r\nabXX0\r\n\r\n",
            ended([400]),
        ),
        row(
            "an endless chunk extension",
            chunked,
            &format!("1;{}\r\na\r\n0\r\n\r\n", "x".repeat(40_000)),
            ended([400]),
        ),
        row(
            "endless trailers",
            chunked,
            &format!("0\r\n{}\r\n", "X: y\r\n".repeat(20_000)),
            ended([400]),
        ),
        (
            "chunked in HTTP/1.0",
            login(chunked, hidden)
                .replace("HTTP/1.1", "HTTP/1.0")
                .into_bytes(),
            ended([400]),
        ),
    ]);
}

#[test]
fn heads_that_are_none() {
    let row = |name, bytes: &[u8], gets| (name, bytes.to_vec(), gets);
    assert_table(vec![
        row("no Host", b"GET / HTTP/1.1\r\n\r\n", ended([400])),
        row("two Hosts", get("Host: y\r\n").as_bytes(), ended([400])),
        row(
            "a Host that is none",
            b"GET / HTTP/1.1\r\nHost: a b/c\r\n\r\n",
            ended([400]),
        ),
        row(
            "a header without a colon",
            get("nonsense\r\n").as_bytes(),
            ended([400]),
        ),
        row(
            "a header without a name",
            get(": x\r\n").as_bytes(),
            ended([400]),
        ),
        row(
            "a header name that is no token",
            get("X\u{e9}: y\r\n").as_bytes(),
            ended([400]),
        ),
        row(
            "NUL in a header",
            get("X: a\0b\r\n").as_bytes(),
            ended([400]),
        ),
        row(
            "a carriage return in a header",
            get("X: a\rb\r\n").as_bytes(),
            ended([400]),
        ),
        row(
            "a folded header",
            get("X: a\r\n b\r\n").as_bytes(),
            ended([400]),
        ),
        row("HTTP/0.9", b"GET /\r\n\r\n", ended([400])),
        row(
            "HTTP/1.2",
            b"GET / HTTP/1.2\r\nHost: x\r\n\r\n",
            ended([400]),
        ),
        row(
            "HTTP/3.0",
            b"GET / HTTP/3.0\r\nHost: x\r\n\r\n",
            ended([400]),
        ),
        row(
            "http/1.1",
            b"GET / http/1.1\r\nHost: x\r\n\r\n",
            ended([400]),
        ),
        row("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ended([])),
        row(
            "a greeting in TLS",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            ended([400]),
        ),
        row("no text", b"\xff\xfe\xfd\r\n\r\n", ended([400])),
        row(
            "an empty target",
            b"GET  HTTP/1.1\r\nHost: x\r\n\r\n",
            ended([400]),
        ),
        row(
            "a blank in the target",
            b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
            ended([400]),
        ),
        row(
            "NUL in the target",
            b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
            ended([400]),
        ),
        row(
            "a file as the target",
            b"GET file:///etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
            ended([400]),
        ),
        row(
            "a head that is too large",
            get(&format!("X: {}\r\n", "a".repeat(40_000))).as_bytes(),
            ended([431]),
        ),
        row(
            "a target that is too long",
            format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(40_000)).as_bytes(),
            ended([431]),
        ),
        row(
            "too many headers",
            get(&"X: a\r\n".repeat(200)).as_bytes(),
            ended([431]),
        ),
        row(
            "too many cookies",
            get(&format!("Cookie: {}\r\n", "a=b; ".repeat(9000))).as_bytes(),
            ended([431]),
        ),
    ]);
}

#[test]
fn odd_requests_that_are_requests() {
    let row = |name, bytes: &[u8], gets| (name, bytes.to_vec(), gets);
    assert_table(vec![
        row(
            "absolute form",
            b"GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
            open([200]),
        ),
        row(
            "absolute form without a path",
            b"GET http://x HTTP/1.1\r\nHost: x\r\n\r\n",
            open([200]),
        ),
        row(
            "absolute form of another host",
            b"GET http://y/profile HTTP/1.1\r\nHost: x\r\n\r\n",
            open([403]),
        ),
        row(
            "authority form",
            b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
            open([404]),
        ),
        row(
            "asterisk form",
            b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            open([404]),
        ),
        row(
            "no form",
            b"GET profile HTTP/1.1\r\nHost: x\r\n\r\n",
            open([404]),
        ),
        row(
            "dots",
            b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
            open([404]),
        ),
        row(
            "UTF-8 in the target",
            "GET /é HTTP/1.1\r\nHost: x\r\n\r\n".as_bytes(),
            open([404]),
        ),
        row(
            "an empty Host",
            b"GET / HTTP/1.1\r\nHost:\r\n\r\n",
            open([200]),
        ),
        row(
            "empty lines before",
            b"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            open([200]),
        ),
        row(
            "line feeds alone",
            b"GET / HTTP/1.1\nHost: x\n\n",
            open([200]),
        ),
        row(
            "bytes of no text in a header",
            b"GET / HTTP/1.1\r\nHost: x\r\nX: \xff\r\n\r\n",
            open([200]),
        ),
        row(
            "a GET with a body",
            b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
            open([200]),
        ),
        row(
            "a body nobody asked for",
            format!(
                "POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n{}",
                "a".repeat(9000)
            )
            .as_bytes(),
            open([404]),
        ),
        row(
            "two session cookies",
            get("Cookie: session_id=a; session_id=b\r\n")
                .replace("GET / ", "GET /profile ")
                .as_bytes(),
            open([403]),
        ),
        row(
            "an upgrade to websocket",
            get("Connection: Upgrade\r\nUpgrade: websocket\r\n").as_bytes(),
            open([200]),
        ),
        row(
            "an upgrade to HTTP/2",
            get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n")
                .as_bytes(),
            open([200]),
        ),
        row("HTTP/1.0", b"GET / HTTP/1.0\r\n\r\n", ended([200])),
        row(
            "HTTP/1.0 that stays",
            b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            open([200]),
        ),
        row(
            "a last request",
            get("Connection: close\r\n").as_bytes(),
            ended([200]),
        ),
        row(
            "requests in a row",
            get("").repeat(50).as_bytes(),
            open([200; 50]),
        ),
        row(
            "a chunked form",
            login(
                "Transfer-Encoding: chunked\r\n",
                "9\r\nemail=a&p\r\n8\r\nassword=\r\n0\r\n\r\n",
            )
            .as_bytes(),
            open([401]),
        ),
        row(
            "chunks with extensions and trailers",
            login(
                "Transfer-Encoding: chunked\r\n",
                "9;a=b\r\nemail=a&p\r\n8\r\nassword=\r\n0\r\nX: y\r\n\r\n",
            )
            .as_bytes(),
            open([401]),
        ),
        row(
            "a compressed form",
            login(
                "Content-Encoding: gzip\r\nContent-Length: 3\r\n",
                "\x1f_\x08",
            )
            .as_bytes(),
            open([415]),
        ),
        row(
            "a form at the limit",
            login("Content-Length: 65536\r\n", &"a".repeat(65_536)).as_bytes(),
            open([400]),
        ),
        row(
            "a form over the limit",
            login("Content-Length: 65537\r\n", &"a".repeat(65_537)).as_bytes(),
            ended([413]),
        ),
        row(
            "a form far over the limit",
            login("Content-Length: 800000\r\n", &"a".repeat(800_000)).as_bytes(),
            ended([413]),
        ),
        row(
            "a gigabyte announced",
            login("Content-Length: 1073741824\r\n", "").as_bytes(),
            ended([413]),
        ),
        row(
            "an expectation of something else",
            login(
                "Expect: magic\r\nContent-Length: 17\r\n",
                "email=a&password=",
            )
            .as_bytes(),
            open([401]),
        ),
        row(
            "an announced body that is too large",
            login("Expect: 100-continue\r\nContent-Length: 70000\r\n", "").as_bytes(),
            ended([413]),
        ),
        row(
            "NUL and line breaks in fields",
            login(
                "Content-Length: 33\r\n",
                "email=a%00%0d%0a&password=%00%0d%0a",
            )
            .as_bytes(),
            open([401]),
        ),
    ]);
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
    let mut wire: Wire = server.wire();
    wire.send(bytes).finish();
    let mut statuses = Vec::new();
    while let Some(answer) = wire.try_answer() {
        statuses.push(answer.status);
    }
    statuses
}
