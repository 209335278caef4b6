//! What nobody gets more of: connections, requests under way, and time to be slow in.

use std::time::Duration;

use authspec_server::Limits;

use crate::support::inside::Inside;
use crate::support::wire::{Wire, request};

const SHORT: Duration = Duration::from_millis(300);
const HEAD: &str = "POST /sessions HTTP/1.1\r\nHost: x\r\n\
    Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 17\r\n\r\n";

fn limits() -> Limits {
    Limits::default()
}

#[test]
fn connections_are_bounded_and_who_has_most_gives_way() {
    let server = Inside::limited(Limits {
        connections: 4,
        ..limits()
    });
    let mut held: Vec<_> = (0..4).map(|_| server.wire()).collect();
    for wire in &mut held {
        assert_eq!(wire.ask("GET", "/", None, &[]).status, 200);
    }
    let answer = server.wire().answer();
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (503, Some("1"))
    );
    let mut others = Vec::new();
    for host in [2, 3] {
        let mut other = Wire::connect_from([127, 0, 0, host], server.address);
        assert_eq!(other.ask("GET", "/", None, &[]).status, 200, "{host}");
        assert!(held.pop().unwrap().is_ended(), "the newest gives way");
        others.push(other);
    }
    assert_eq!(held[1].ask("GET", "/", None, &[]).status, 200);
    for host in [2, 3] {
        let mut one_more = Wire::connect_from([127, 0, 0, host], server.address);
        assert_eq!(one_more.answer().status, 503, "nobody has two more: {host}");
    }
    drop(held);
    // The server notices in its own time that they are gone.
    let again = (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        let mut wire = server.wire();
        wire.send(request("GET", "/", None, &[]));
        wire.try_answer().is_some_and(|answer| answer.status == 200)
    });
    assert!(again, "slots are given back");
}

#[test]
fn bodies_are_bounded_and_other_requests_are_not() {
    let server = Inside::limited(Limits {
        bodies: 1,
        ..limits()
    });
    let mut slow = server.wire();
    slow.send(HEAD);
    // Until the slow one has its slot, others may have it for a moment.
    let refused = (0..500).find_map(|_| {
        let answer = server.wire().login("a", "b");
        (answer.status == 503).then_some(answer)
    });
    let refused = refused.expect("a refusal");
    assert!(refused.header("retry-after").is_some());
    assert_eq!(server.wire().ask("GET", "/", None, &[]).status, 200);
    slow.send("email=a&password=");
    assert_eq!(slow.answer().status, 401);
    assert_eq!(server.wire().login("a", "b").status, 401);
}

#[test]
fn a_slow_head_is_cut_off_and_a_silent_client_is_not() {
    let server = Inside::limited(Limits {
        head_time: SHORT,
        ..limits()
    });
    let mut silent = server.wire();
    let mut used = server.wire();
    assert_eq!(used.ask("GET", "/", None, &[]).status, 200);
    let mut slow = server.wire();
    for byte in b"GET / HTTP/1.1\r\nHost: x\r\nX: " {
        slow.send([*byte]);
        std::thread::sleep(SHORT / 15);
    }
    assert!(slow.is_ended());
    assert_eq!(silent.ask("GET", "/", None, &[]).status, 200);
    assert_eq!(used.ask("GET", "/", None, &[]).status, 200);
}

#[test]
fn a_slow_body_is_408() {
    let server = Inside::limited(Limits {
        body_time: SHORT,
        ..limits()
    });
    let mut wire = server.wire();
    wire.send(HEAD).send("email=a&");
    assert_eq!(wire.answer().status, 408);
    assert!(wire.is_ended());
}

#[test]
fn an_idle_connection_is_ended_before_and_after_a_request() {
    let server = Inside::limited(Limits {
        idle_time: SHORT,
        ..limits()
    });
    assert!(server.wire().is_ended());
    let mut wire = server.wire();
    assert_eq!(wire.ask("GET", "/", None, &[]).status, 200);
    assert!(wire.is_ended());
}

#[test]
fn a_body_that_nobody_waits_for_holds_no_connection() {
    let server = Inside::limited(Limits {
        idle_time: SHORT,
        ..limits()
    });
    for (head, status) in [
        ("GET /", 200),
        ("POST /nope", 404),
        ("DELETE /sessions", 403),
    ] {
        let mut wire = server.wire();
        wire.send(format!(
            "{head} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"
        ));
        let answer = wire.answer();
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("connection"), Some("close"), "it says so");
        assert!(wire.is_ended(), "{head}");
    }
}

#[test]
fn slow_bodies_of_two_addresses_keep_nobody_out() {
    let server = Inside::limited(Limits {
        bodies: 8,
        ..limits()
    });
    let mut slow: Vec<_> = (0..16)
        .map(|number| {
            let mut wire = Wire::connect_from([127, 0, 0, 2 + number % 2], server.address);
            wire.send(HEAD);
            wire
        })
        .collect();
    let until = std::time::Instant::now() + Duration::from_secs(20);
    while slow
        .iter_mut()
        .filter_map(|it| it.is_answered().then_some(()))
        .count()
        < 8
    {
        assert!(std::time::Instant::now() < until, "the slots are not full");
        std::thread::sleep(Duration::from_millis(5));
    }
    for _ in 0..3 {
        assert_eq!(server.wire().login("a", "b").status, 401);
    }
    let gave_way = slow
        .iter_mut()
        .filter_map(|it| it.is_answered().then_some(it));
    let statuses: Vec<_> = gave_way.map(|wire| wire.answer().status).collect();
    assert_eq!(statuses, [503; 9], "one gave way, and its slot stayed free");
}

#[test]
fn a_body_that_nobody_reads_does_not_shorten_the_life_of_its_connection() {
    let server = Inside::limited(Limits {
        head_time: SHORT,
        ..limits()
    });
    let mut wire = server.wire();
    wire.send("POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc");
    std::thread::sleep(Duration::from_millis(50));
    wire.send("abc");
    let answer = wire.answer();
    assert_eq!((answer.status, answer.header("connection")), (404, None));
    std::thread::sleep(SHORT * 2);
    assert_eq!(wire.ask("GET", "/", None, &[]).status, 200);
}

#[test]
fn a_client_that_reads_nothing_is_cut_off() {
    let server = Inside::limited(Limits {
        write_time: SHORT,
        ..limits()
    });
    let requests = request("GET", "/", None, &[]).repeat(1000);
    server.wire().flood(requests.as_bytes());
    assert_eq!(server.wire().ask("GET", "/", None, &[]).status, 200);
}

#[test]
fn an_endless_body_is_cut_off() {
    let server = Inside::start();
    let mut wire = server.wire();
    wire.send(HEAD.replace("Content-Length: 17", "Transfer-Encoding: chunked"));
    wire.flood(format!("10000\r\n{}\r\n", "a".repeat(0x10000)).as_bytes());
    assert_eq!(server.wire().ask("GET", "/", None, &[]).status, 200);
}

#[test]
fn a_server_ends_within_its_bound_whoever_is_connected() {
    let mut server = Inside::limited(Limits {
        end_time: SHORT,
        ..limits()
    });
    let mut never = server.wire();
    let mut idle = server.wire();
    assert_eq!(idle.ask("GET", "/", None, &[]).status, 200);
    let mut in_head = server.wire();
    in_head.send("GET / HT");
    let mut in_body = server.wire();
    in_body.send(HEAD);
    let mut reading_nothing = server.wire();
    reading_nothing.send(request("GET", "/", None, &[]).repeat(10_000));
    server.end();
    for wire in [&mut never, &mut idle, &mut in_head, &mut in_body] {
        assert!(wire.is_ended());
    }
    assert!(std::net::TcpStream::connect(server.address).is_err());
}
