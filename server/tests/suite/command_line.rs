//! The program's options, its words, and how it ends.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixDatagram;
use std::process::{Output, Stdio};
use std::time::Duration;

use rustix::process::Signal;

use crate::support::program::{Program, command, folder};
use crate::support::wire::{Wire, request};

/// Runs it to its end, which has to come by itself.
fn run(options: &[&str]) -> Output {
    let (folder, _) = folder();
    command(folder.path()).args(options).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn help_has_examples() {
    let output = run(&["--help"]);
    assert!(output.status.success());
    insta::assert_snapshot!("help", text(&output.stdout));
}

#[test]
fn a_wrong_command_line_is_status_2() {
    for options in [
        &["--port", "70000"][..],
        &["--bcrypt-cost", "3"],
        &["--bcrypt-cost", "32"],
        &["--log", "loud"],
        &["--nope"],
        &["extra"],
    ] {
        let output = run(options);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(text(&output.stderr).contains("error"), "{options:?}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_port_that_is_taken_is_status_3_and_says_so() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["--host", "127.0.0.1", "--port", &port, "--db", ":memory:"]);
    assert_eq!(output.status.code(), Some(3));
    let message = text(&output.stderr).replace(&port, "PORT");
    insta::assert_snapshot!(message, @"authspec-server: cannot listen on 127.0.0.1, port PORT: another program listens there already; stop it, or choose another port with --port");
}

#[test]
fn an_address_that_is_not_this_machines_is_status_3() {
    for host in ["192.0.2.1", "no such host"] {
        let output = run(&["--host", host, "--port", "0", "--db", ":memory:"]);
        assert_eq!(output.status.code(), Some(3), "{host}");
        let message = text(&output.stderr);
        assert!(message.contains("cannot listen on"), "{message}");
    }
}

#[test]
fn a_name_is_as_good_as_an_address() {
    let (folder, _) = folder();
    let mut command = command(folder.path());
    command.args(["--host", "localhost", "--port", "0", "--db", ":memory:"]);
    assert!(Program::spawn(command).address.ip().is_loopback());
}

#[test]
fn one_line_says_where_it_answers() {
    let (folder, file) = folder();
    let program = Program::start(folder.path(), &[]);
    let expected = format!("Listening on http://{}\n", program.address);
    assert_eq!(program.greeting, expected);
    assert_eq!(program.wire().ask("GET", "/", None, &[]).status, 200);
    assert!(file.exists());
}

#[test]
fn the_environment_says_the_same_as_options() {
    let (folder, _) = folder();
    let mut command = command(folder.path());
    command
        .env("HOST", "127.0.0.1")
        .env("PORT", "0")
        .env("AUTHSPEC_DB", "other.redb")
        .env("AUTHSPEC_BCRYPT_COST", "4")
        .env("AUTHSPEC_FRESH", "1")
        .env("AUTHSPEC_ACCESS_LOG", "yes");
    let program = Program::spawn(command);
    assert!(program.address.ip().is_loopback());
    assert!(folder.path().join("other.redb").exists());
    program.wire().ask("GET", "/nope?secret=1", None, &[]);
    let (_, log) = program.stop();
    let line = log.lines().find(|line| line.contains("access")).unwrap();
    assert!(
        line.contains("method=GET path=\"/nope\" status=404 milliseconds="),
        "{line}"
    );
}

#[test]
fn users_are_kept_between_starts_until_fresh() {
    let (folder, _) = folder();
    let program = Program::start(folder.path(), &[]);
    assert_eq!(program.wire().register("a@x", "p").status, 200);
    let session_id = program.wire().login("a@x", "p").session_id();
    program.stop();

    let program = Program::start(folder.path(), &[]);
    assert_eq!(program.wire().profile(&session_id).member("email"), "a@x");
    assert_eq!(program.wire().register("a@x", "p").status, 400);
    program.stop();

    let program = Program::start(folder.path(), &["--fresh"]);
    assert_eq!(program.wire().login("a@x", "p").status, 401);
    assert_eq!(program.wire().register("a@x", "p").status, 200);
    program.stop();
}

#[test]
fn in_memory_nothing_is_kept() {
    let (folder, file) = folder();
    let program = Program::start(folder.path(), &["--db", ":memory:"]);
    assert_eq!(program.wire().register("a@x", "p").status, 200);
    program.stop();
    assert!(!file.exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_file_is_its_owners_alone() {
    let (folder, file) = folder();
    Program::start(folder.path(), &[]).stop();
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing else is left"
    );
}

#[test]
fn both_signals_end_it_with_status_0() {
    for signal in [Signal::INT, Signal::TERM] {
        let (folder, _) = folder();
        let mut program = Program::start(folder.path(), &[]);
        let mut idle = program.wire();
        idle.ask("GET", "/", None, &[]);
        let _never_used = program.wire();
        program.signal(signal);
        let (status, log) = program.wait();
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(idle.is_ended());
    }
}

#[test]
fn what_was_begun_is_finished_at_the_end() {
    let (folder, _) = folder();
    let options = ["--bcrypt-cost", "11"];
    let mut command = command(folder.path());
    command
        .args(["--host", "127.0.0.1", "--port", "0"])
        .args(options);
    let mut program = Program::spawn(command);
    let mut wire = program.wire();
    let body = "email=a@x&password=p";
    wire.send(
        "POST /users HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n",
    );
    assert_eq!(wire.answer().status, 100, "it has begun");
    program.signal(Signal::TERM);
    wire.send(body);
    let answer = wire.answer();
    assert_eq!(answer.status, 200);
    let (status, _) = program.wait();
    assert_eq!(status.code(), Some(0));
    let program = Program::start(folder.path(), &[]);
    assert_eq!(program.wire().login("a@x", "p").status, 200);
}

/// A program that takes a second and more for a hash.
fn hashing_slowly(folder: &std::path::Path) -> Program {
    let mut command = command(folder);
    command.args(["--host", "127.0.0.1", "--port", "0", "--bcrypt-cost", "14"]);
    Program::spawn(command)
}

/// Logins under way and waiting, more than it can finish in a while.
fn logins(program: &Program) -> Vec<Wire> {
    let login = |number: usize| {
        let email = format!("{number}@x");
        let form = [("email", &*email), ("password", "p")];
        request("POST", "/sessions", None, &form)
    };
    let mut wires: Vec<_> = (0..60).map(|_| program.wire()).collect();
    for (number, wire) in wires.iter_mut().enumerate() {
        wire.send(login(number));
    }
    std::thread::sleep(Duration::from_millis(500));
    wires
}

/// More logins are under way and waiting than can be finished in a while: the end does not wait
/// for all of them, and who is not served is hung up on.
#[test]
fn under_load_it_ends_within_its_bound() {
    let (folder, _) = folder();
    let mut program = hashing_slowly(folder.path());
    let mut wires = logins(&program);
    let began = std::time::Instant::now();
    program.signal(Signal::TERM);
    let (status, log) = program.wait();
    assert_eq!(status.code(), Some(0), "{log}");
    // Ten seconds, and as much again for a machine that is busy with something else.
    assert!(began.elapsed() < Duration::from_secs(20));
    assert!(log.contains("requests were given up at the end"), "{log}");
    let served = wires.iter_mut().filter_map(Wire::try_answer);
    assert!(served.count() < 60);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let (folder, _) = folder();
    let mut program = hashing_slowly(folder.path());
    let _wires = logins(&program);
    program.signal(Signal::INT);
    // Signals that come together count as one, so there may have to be more than two.
    let status = loop {
        std::thread::sleep(Duration::from_millis(200));
        if let Some(ended) = program.try_wait() {
            break ended;
        }
        program.signal(Signal::INT);
    };
    assert_eq!(status.code(), Some(1));
    let program = Program::start(folder.path(), &["--verify"]);
    assert_eq!(program.wire().register("a@x", "p").status, 200);
}

#[test]
fn systemd_is_told() {
    let (folder, _) = folder();
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let mut command = command(folder.path());
    command
        .args(["--host", "127.0.0.1", "--port", "0", "--db", ":memory:"])
        .env("NOTIFY_SOCKET", &path);
    let program = Program::spawn(command);
    let mut told = [0; 64];
    let read = socket.recv(&mut told).unwrap();
    assert_eq!(told[..read].trim_ascii_end(), b"READY=1");
    program.stop();
    let read = socket.recv(&mut told).unwrap();
    assert_eq!(told[..read].trim_ascii_end(), b"STOPPING=1");
}

#[test]
fn a_closed_standard_output_is_no_reason_to_end() {
    let (folder, _) = folder();
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let mut child = command(folder.path())
        .args(["--host", "127.0.0.1", "--port", &address.port().to_string()])
        .args(["--db", ":memory:"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let connected = (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        std::net::TcpStream::connect(address).is_ok()
    });
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(connected);
}
