//! What idle connections cost.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use super::Outcome;
use super::process::{Line, Process};

const CONNECTIONS: usize = 10_000;

pub(crate) fn measure() -> Outcome {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit)?;
    let process = Process::start(4)?;
    Line::to(process.address)?.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?;
    let before = process.resident()?;
    let mut held = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        held.push(TcpStream::connect(process.address)?);
    }
    std::thread::sleep(Duration::from_millis(500));
    let fresh = process.resident()?;
    for stream in &mut held {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")?;
    }
    std::thread::sleep(Duration::from_secs(1));
    let used = process.resident()?;
    println!(
        "memory: {} MiB at rest, {} MiB with {CONNECTIONS} idle connections, {} MiB after a request on each",
        before / 1024,
        fresh / 1024,
        used / 1024
    );
    let mut line = Line::to(process.address)?;
    assert_eq!(line.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")?, 200);
    Ok(())
}
