//! `authspec-server health`, and signals while a file opens.

use std::process::Output;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::program::{Program, command, folder};

fn health(port: u16) -> Output {
    let (folder, _) = folder();
    command(folder.path())
        .args(["health", "--port", &port.to_string()])
        .output()
        .unwrap()
}

#[test]
fn a_server_that_reaches_its_store_is_healthy() {
    let (folder, _) = folder();
    let program = Program::start(folder.path(), &[]);
    let output = health(program.address.port());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    let port = program.address.port();
    program.stop();
    let output = health(port);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.starts_with("authspec-server: not healthy: "),
        "{message}"
    );
}

#[test]
fn a_server_that_answers_something_else_is_not_healthy() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1024]);
        let answer = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer).unwrap();
    });
    let output = health(port);
    server.join().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("it answers HTTP/1.1 500"), "{message}");
}

/// The file is large and all of it is verified, which takes a while in a build like the tests'.
#[tokio::test]
async fn a_signal_ends_it_while_it_opens_its_file() {
    let (folder, file) = folder();
    let db = authspec_server::Db::in_file(&file, false).unwrap();
    let mut adding = tokio::task::JoinSet::new();
    for number in 0..30_000 {
        let db = db.clone();
        adding.spawn(async move { db.add_user(&format!("{number}@x"), "hash").await.is_ok() });
    }
    assert!(adding.join_all().await.into_iter().all(|added| added));
    db.close().await;
    let mut command = command(folder.path());
    command.args(["--host", "127.0.0.1", "--port", "0", "--verify"]);
    let began = Instant::now();
    drop(Program::spawn({
        let mut whole = crate::support::program::command(folder.path());
        whole.args(["--host", "127.0.0.1", "--port", "0", "--verify"]);
        whole
    }));
    let opening = began.elapsed();
    let mut child = command.spawn().unwrap();
    std::thread::sleep(opening / 4);
    let signalled = Instant::now();
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(signalled.elapsed() < opening / 2 + Duration::from_millis(100));
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().unwrap(), &mut said).unwrap();
    assert_eq!(said, "", "it had not begun to serve");
}
