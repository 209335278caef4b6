//! Servers and commands that several tests need.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::Output,
};

use assert_cmd::Command;

/// The program, without anything that the surroundings may have set.
pub(crate) fn authspec(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authspec"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("AUTHSPEC_") || name.starts_with("GITHUB_") || name == "BASE_URL" {
            command.env_remove(name);
        }
    }
    command.args(arguments);
    command
}

/// What the program printed for people.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it complained of.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// How it ended.
pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

/// A text without what differs from run to run.
pub(crate) fn steady(text: &str, url: &str) -> String {
    let text = text.replace(url, "http://target");
    let time = regex::Regex::new(r"in \d+\.\d+s").expect("a pattern");
    let uuid = regex::Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").expect("a pattern");
    let text = time.replace_all(&text, "in TIME");
    uuid.replace_all(&text, "UUID").into_owned()
}

/// A server that gives every request the same answer, until the test ends.
pub(crate) struct Canned {
    /// Its base URL.
    pub(crate) url: String,
}

impl Canned {
    /// One whose answers have this status line and body.
    pub(crate) fn start(status: &'static str, body: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that hangs up early is no concern of this server.
                let _ = answer(&stream, status, body);
            }
        });
        Self { url }
    }
}

fn answer(mut stream: &TcpStream, status: &str, body: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    reader.take(length).read_to_end(&mut Vec::new())?;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
