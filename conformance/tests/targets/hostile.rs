//! Servers that are broken or mean. Whatever they do, the run ends within its deadline, without a
//! panic, in bounded memory, with every requirement accounted for, a report, and the right status.

pub(crate) mod answers;

use std::{
    io::{Read as _, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{sleep, spawn},
    time::{Duration, Instant},
};

use crate::{
    small::Small,
    support::{Ended, all_requirements, authspec, report},
};

/// The most that the program may ever take, in KiB.
const MEMORY: u64 = 100 * 1024;

/// What a server does with its connections, counted from 0.
type Behaviour = fn(&mut TcpStream, usize) -> std::io::Result<()>;

/// Starts a server that behaves so, one thread a connection, until the test program ends.
pub(crate) fn start(behaviour: Behaviour) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let count = Arc::new(AtomicUsize::new(0));
    spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let number = count.fetch_add(1, Ordering::Relaxed);
            spawn(move || {
                // The other side hangs up on much of this.
                let _ = behaviour(&mut stream, number);
            });
        }
    });
    url
}

/// Reads a request's head and what has come of its body.
pub(crate) fn take_request(stream: &mut TcpStream) -> std::io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    let count = stream.read(&mut buffer)?;
    let text = String::from_utf8_lossy(&buffer[..count]);
    if text.contains("ontent-length: ") && text.ends_with("\r\n\r\n") {
        let _ = stream.read(&mut buffer)?;
    }
    Ok(())
}

/// What a server before another one does with a connection.
pub(crate) enum Act {
    /// Passes all on.
    Pass,
    /// Keeps the connection and takes no notice.
    Hang,
    /// Answers itself.
    Answer(&'static str),
}

/// Starts a server before another one; `act` says what it does with each connection, by its number
/// from 0 and the beginning of its request.
pub(crate) fn before(
    inner: &str,
    act: impl Fn(usize, &str) -> Act + Clone + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let inner = inner.trim_start_matches("http://").to_owned();
    spawn(move || {
        for (number, mut stream) in listener.incoming().flatten().enumerate() {
            let (inner, act) = (inner.clone(), act.clone());
            spawn(move || -> std::io::Result<()> {
                let mut begin = [0; 64];
                let count = stream.peek(&mut begin)?;
                match act(number, &String::from_utf8_lossy(&begin[..count])) {
                    Act::Pass => pass_on(stream, &inner),
                    Act::Hang => {
                        sleep(Duration::from_mins(1));
                        Ok(())
                    }
                    Act::Answer(answer) => {
                        take_request(&mut stream)?;
                        stream.write_all(answer.as_bytes())
                    }
                }
            });
        }
    });
    url
}

fn pass_on(mut stream: TcpStream, inner: &str) -> std::io::Result<()> {
    let mut server = TcpStream::connect(inner)?;
    let mut answers = server.try_clone()?;
    let mut client = stream.try_clone()?;
    let back = spawn(move || std::io::copy(&mut answers, &mut client));
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let _ = std::io::copy(&mut stream, &mut server);
    let _ = back.join();
    Ok(())
}

/// The peak of a living process's memory, in KiB.
fn peak(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Judges a target under a short deadline, and checks what always has to hold.
fn judge(name: &str, url: &str, expected: &[i32], more: &[&str]) -> Ended {
    const DEADLINE: Duration = Duration::from_secs(6);
    /// What a machine that has much else to do may add: starting, writing, ending.
    const MACHINE: Duration = Duration::from_secs(6);
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let to = format!("json={}", json.display());
    let mut arguments = vec!["--base-url", url, "--report", &to, "--pause", "0s"];
    for (option, value) in [
        ("--deadline", "6s"),
        ("--timeout", "300ms"),
        ("--wait", "300ms"),
    ] {
        if !more.contains(&option) {
            arguments.extend([option, value]);
        }
    }
    arguments.extend(more);
    let started = Instant::now();
    let child = authspec(&arguments).spawn().expect("it starts");
    let id = child.id();
    let watch = spawn(move || {
        let mut highest = 0;
        while let Some(now) = peak(id) {
            highest = highest.max(now);
            sleep(Duration::from_millis(10));
        }
        highest
    });
    let ended: Ended = child.wait_with_output().expect("it ends").into();
    let took = started.elapsed();
    let memory = watch.join().expect("the watch");
    eprintln!(
        "{name}: status {}, {:.1} s, {} MiB",
        ended.status,
        took.as_secs_f64(),
        memory / 1024
    );
    assert!(expected.contains(&ended.status), "{name}: {}", ended.text);
    // The deadline is for everything; what is over it is the machine's, which may have much to do.
    assert!(took < DEADLINE + MACHINE, "{name} took {took:?}");
    assert!(!ended.text.contains("panicked"), "{name}: {}", ended.text);
    assert!(memory < MEMORY, "{name} took {memory} KiB");
    accounted_for(name, &json, ended.status);
    ended
}

fn accounted_for(name: &str, json: &Path, status: i32) {
    let report = report(json);
    assert_eq!(report["exit_status"], status, "{name}");
    let requirements = report["requirements"].as_array().expect("requirements");
    assert_eq!(requirements.len(), all_requirements(), "{name}");
    for requirement in requirements {
        let verdict = requirement["verdict"].as_str().unwrap_or_default();
        let id = &requirement["id"];
        assert!(
            ["pass", "fail", "incomplete"].contains(&verdict),
            "{name} {id}: {verdict}"
        );
        for scenario in requirement["scenarios"].as_array().expect("scenarios") {
            let reason = match scenario["outcome"].as_str().unwrap_or_default() {
                "failed" => &scenario["failure"],
                "incomplete" => &scenario["obstacle"],
                _ => continue,
            };
            assert!(reason.is_object(), "{name} {id} has a reason");
        }
    }
}

fn fails(name: &str, behaviour: Behaviour) -> Ended {
    judge(name, &start(behaviour), &[1], &[])
}

#[test]
fn nothing_ever_comes() {
    let url = start(|stream, _| {
        take_request(stream)?;
        sleep(Duration::from_secs(30));
        Ok(())
    });
    let ended = judge("accepts and never answers", &url, &[3], &[]);
    assert!(
        ended.text.contains("no answer within 300ms"),
        "{}",
        ended.text
    );
}

#[test]
fn it_stops_answering_in_the_middle() {
    let url = start(|stream, number| {
        take_request(stream)?;
        if number < 3 {
            return stream.write_all(answers::WELCOME.as_bytes());
        }
        sleep(Duration::from_secs(30));
        Ok(())
    });
    let ended = judge("falls silent", &url, &[1], &[]);
    assert!(
        ended.text.contains("3 requests in a row without an answer"),
        "{}",
        ended.text
    );
}

#[test]
fn a_byte_now_and_then() {
    let head = start(|stream, _| {
        take_request(stream)?;
        answers::drip(stream, answers::WELCOME)
    });
    judge("drips its head", &head, &[3], &[]);
    fails("drips its body", |stream, _| {
        take_request(stream)?;
        let (head, body) = answers::WELCOME.split_at(answers::WELCOME.len() - 25);
        stream.write_all(head.as_bytes())?;
        answers::drip(stream, body)
    });
}

#[test]
fn bodies_without_an_end() {
    fails("an endless body", |stream, _| {
        take_request(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")?;
        answers::pour(stream, u64::MAX)
    });
    fails("an endless chunked body", |stream, _| {
        take_request(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        loop {
            stream.write_all(b"1\r\n \r\n")?;
        }
    });
    fails("a body of 1 GiB", |stream, _| {
        take_request(stream)?;
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
            1u64 << 30
        )?;
        answers::pour(stream, 1 << 30)
    });
}

#[test]
fn bodies_of_another_length_than_announced() {
    let short = fails("a body shorter than announced", |stream, _| {
        take_request(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"message\": \"Bienvenue\"}")
    });
    assert!(
        short
            .text
            .contains("the connection ended before the body did"),
        "{}",
        short.text
    );
    fails("a body longer than announced", |stream, _| {
        take_request(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"message\": \"Bienvenue\"}")
    });
    fails("two lengths", |stream, _| {
        take_request(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 24\r\n\r\n{\"message\": \"Bienvenue\"}")
    });
}

#[test]
fn what_is_no_http() {
    for (name, behaviour) in [
        (
            "garbage",
            (|stream, _| {
                take_request(stream)?;
                stream.write_all(&[0xff, 0, 0x80, b'\n', 0x1b, b'[', b'2', b'J'].repeat(200))
            }) as Behaviour,
        ),
        ("closes at once", |_, _| Ok(())),
        ("hangs up after the request", |stream, _| {
            take_request(stream)
        }),
        ("resets", |_, _| {
            // Closing a connection with bytes unread resets it.
            sleep(Duration::from_millis(20));
            Ok(())
        }),
        ("a status of 999", |stream, _| {
            take_request(stream)?;
            stream.write_all(b"HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n")
        }),
        ("a status of no number", |stream, _| {
            take_request(stream)?;
            stream.write_all(b"HTTP/1.1 OK 200\r\n\r\n")
        }),
        ("switches protocols", |stream, _| {
            take_request(stream)?;
            stream.write_all(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\nhello")?;
            sleep(Duration::from_secs(2));
            Ok(())
        }),
    ] {
        fails(name, behaviour);
    }
}

#[test]
fn heads_of_every_size() {
    fails("a header of 10 MB", |stream, _| {
        take_request(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nX: ")?;
        answers::pour(stream, 10_000_000)?;
        stream.write_all(b"\r\nContent-Length: 0\r\n\r\n")
    });
    fails("headers without an end", |stream, _| {
        take_request(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        loop {
            stream.write_all(b"X-Header: value\r\n")?;
        }
    });
    fails("5,000 headers", |stream, _| {
        take_request(stream)?;
        let headers = "X-Header: value\r\n".repeat(5_000);
        write!(
            stream,
            "HTTP/1.1 200 OK\r\n{headers}Content-Length: 0\r\n\r\n"
        )
    });
    // Reading these costs time that no timeout cuts short, so the flood has an end after all.
    let interim = start(|stream, _| {
        take_request(stream)?;
        let some = "HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n".repeat(100);
        for _ in 0..300 {
            stream.write_all(some.as_bytes())?;
        }
        Ok(())
    });
    judge("30,000 interim answers", &interim, &[1, 3], &[]);
    fails("hundreds of cookies", |stream, _| {
        take_request(stream)?;
        let value = "x".repeat(500);
        let one = format!("Set-Cookie: session_id={value}; Path=/\r\n");
        let cookies = one.repeat(80);
        let body = r#"{"message": "Bienvenue"}"#;
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{cookies}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    });
}

#[test]
fn redirects_are_never_followed() {
    fails("redirects to itself", |stream, _| {
        take_request(stream)?;
        stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")
    });
    fails("redirects elsewhere", |stream, _| {
        take_request(stream)?;
        // Port 9 discards; whoever went there would wait.
        stream.write_all(
            b"HTTP/1.1 307 T\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
        )
    });
}

#[test]
fn bodies_that_hurt_whoever_reads_them() {
    // Made beforehand, so that no request waits for them.
    answers::nested_bomb();
    fails("invalid UTF-8", |stream, _| {
        take_request(stream)?;
        answers::body(
            stream,
            "application/json",
            None,
            b"{\"message\": \"\xff\xfe\xc3\x28\"}",
        )
    });
    fails("JSON 100,000 deep", |stream, _| {
        take_request(stream)?;
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        answers::body(stream, "application/json", None, deep.as_bytes())
    });
    fails("JSON objects 30,000 deep", |stream, _| {
        take_request(stream)?;
        let deep = "{\"message\":".repeat(30_000);
        answers::body(stream, "application/json", None, deep.as_bytes())
    });
    fails("a number of 200,000 digits", |stream, _| {
        take_request(stream)?;
        let number = format!("{{\"message\": {}}}", "9".repeat(200_000));
        answers::body(stream, "application/json", None, number.as_bytes())
    });
    fails("a gzip bomb", |stream, _| {
        take_request(stream)?;
        answers::body(
            stream,
            "application/json",
            Some("gzip"),
            &answers::gzip_bomb(),
        )
    });
    fails("a gzip bomb in a gzip bomb", |stream, _| {
        take_request(stream)?;
        answers::body(
            stream,
            "application/json",
            Some("gzip, gzip"),
            &answers::nested_bomb(),
        )
    });
    fails("no valid brotli", |stream, _| {
        take_request(stream)?;
        answers::body(stream, "application/json", Some("br"), &[0x5b; 4096])
    });
    fails("a thousand codings", |stream, _| {
        take_request(stream)?;
        answers::body(
            stream,
            "application/json",
            Some(&"gzip, ".repeat(1000)),
            b"{}",
        )
    });
}

#[test]
fn a_good_server_that_flickers() {
    // Every seventh connection is dropped: what it costs is a failure, never a hang.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let inner = listener.local_addr().expect("an address").to_string();
    spawn(move || Small::new().serve(&listener));
    let url = before(&inner, |number, _| match number % 7 {
        6 => Act::Answer(""),
        _ => Act::Pass,
    });
    judge("flickers", &url, &[1], &["--timeout", "2s"]);
}

#[test]
fn a_good_server_that_restarts_in_the_middle_keeps_its_port_and_loses_its_store() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    spawn(move || {
        let mut small = Small::new();
        small.serves_at_most = Some(40);
        small.serve(&listener);
        drop(listener);
        sleep(Duration::from_millis(200));
        let listener = TcpListener::bind(address).expect("the port is free again");
        Small::new().serve(&listener);
    });
    // Accounts are gone with the restart, and who needs one gets another: nothing has to fail
    // but the scenarios that were under way.
    let ended = judge(
        "restarts",
        &format!("http://{address}"),
        &[0, 1],
        &["--deadline", "11s"],
    );
    assert!(ended.text.contains("hold"), "{}", ended.text);
}

#[test]
fn answers_that_are_just_in_time_end_with_the_deadline() {
    let url = start(|stream, _| {
        take_request(stream)?;
        sleep(Duration::from_millis(200));
        stream.write_all(answers::WELCOME.as_bytes())
    });
    let ended = judge(
        "slow beyond the deadline",
        &url,
        &[1],
        &["--deadline", "2s"],
    );
    assert!(
        ended
            .text
            .contains("The time for the whole run, 2s, passed"),
        "{}",
        ended.text
    );
}
