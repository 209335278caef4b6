//! CPU time for a request, as a multiple of what the least that hyper can do takes (`hello.rs`),
//! and logins as a part of what the cores can hash. The two sides take turns within one run, so
//! what else the machine does weighs on both.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Outcome;
use super::process::{Line, Process, cpu_time, form};

/// Users in the store, connections at once, turns of each side, and how long one takes.
const USERS: usize = 5_000;
const CONNECTIONS: usize = 64;
const TURNS: usize = 15;
const TURN: Duration = Duration::from_secs(1);
const HASH_TURNS: usize = 4;
const HASH_TURN: Duration = Duration::from_secs(5);
/// The niceness of the hashing threads, here and there.
const NICENESS: i32 = 5;

pub(crate) fn measure() -> Outcome {
    let hello = Hello::start()?;
    let server = Process::start(4)?;
    let mut line = Line::to(server.address)?;
    for number in 0..USERS {
        line.ask(&form("/users", &format!("{number}@x"), "p"))?;
    }
    let session = line.login(&format!("{}@x", USERS / 2), "p")?;
    let get = "GET / HTTP/1.1\r\nHost: localhost:5000\r\n\r\n".to_owned();
    let profile = format!(
        "GET /profile HTTP/1.1\r\nHost: localhost:5000\r\nCookie: session_id={session}\r\n\r\n"
    );
    for (name, request) in [("GET /", get.clone()), ("GET /profile", profile)] {
        let (mut ratios, mut bare, mut ours) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TURNS {
            let least = cpu_for_one(hello.child.id(), hello.address, &get)?;
            let one = cpu_for_one(server.id(), server.address, &request)?;
            ratios.push(one / least);
            bare.push(least);
            ours.push(one);
        }
        println!(
            "{name}: {:.2} times hello-world ({:.1} and {:.1} µs of CPU a request, {USERS} users)",
            median(ratios),
            median(ours),
            median(bare)
        );
    }
    logins()
}

/// Microseconds of the process's CPU time for one of many requests.
fn cpu_for_one(
    id: u32,
    address: SocketAddr,
    request: &str,
) -> Result<f64, Box<dyn std::error::Error>> {
    let mut streams = Vec::new();
    for _ in 0..CONNECTIONS {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        streams.push(stream);
    }
    let (before, began) = (cpu_time(id)?, Instant::now());
    let mut requests = 0_u32;
    let mut answer = [0; 4096];
    while began.elapsed() < TURN {
        for stream in &mut streams {
            stream.write_all(request.as_bytes())?;
        }
        for stream in &mut streams {
            // An answer is small and comes in one piece.
            let read = stream.read(&mut answer)?;
            assert!(answer[..read].starts_with(b"HTTP/1.1 200"), "an answer");
            requests += 1;
        }
    }
    Ok((cpu_time(id)? - before) * 1e6 / f64::from(requests))
}

fn logins() -> Outcome {
    let server = Process::start(12)?;
    let address = server.address;
    Line::to(address)?.ask(&form("/users", "a@x", "p"))?;
    let hash = bcrypt::hash("p", 12)?;
    let cores = thread::available_parallelism()?.get();
    let (mut in_time, mut in_cpu_time) = (Vec::new(), Vec::new());
    for _ in 0..HASH_TURNS {
        let before = cpu_time(std::process::id())?;
        let (hashes, of_hashes) = count(cores, || {
            let hash = hash.clone();
            let _ = rustix::process::setpriority_process(None, NICENESS);
            move || bcrypt::verify("p", &hash).is_ok()
        });
        let cpu_of_hash = (cpu_time(std::process::id())? - before) / f64::from(of_hashes);
        let before = cpu_time(server.id())?;
        let (logins, of_logins) = count(cores * 4, || {
            let mut line = Line::to(address).ok();
            let login = form("/sessions", "a@x", "p");
            move || {
                let answered = line.as_mut().map(|line| line.ask(&login));
                matches!(answered, Some(Ok(200)))
            }
        });
        let cpu_of_login = (cpu_time(server.id())? - before) / f64::from(of_logins);
        in_time.push(logins / hashes);
        in_cpu_time.push(cpu_of_hash / cpu_of_login);
    }
    println!(
        "logins: {:.2} of what {cores} cores hash at cost 12 in the same time, {:.2} in the same CPU time",
        median(in_time),
        median(in_cpu_time)
    );
    Ok(())
}

/// How often so many threads can do it in a second, once they have begun, and how often they did.
fn count<W: FnMut() -> bool>(threads: usize, worker: impl Fn() -> W + Sync) -> (f64, u32) {
    let one = || {
        let mut work = worker();
        // What is under way when a turn begins or ends would count in part.
        assert!(work());
        let began = Instant::now();
        let mut done = 0_u32;
        while began.elapsed() < HASH_TURN {
            assert!(work());
            done += 1;
        }
        (f64::from(done) / began.elapsed().as_secs_f64(), done + 1)
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
        let ended = running.into_iter().filter_map(|one| one.join().ok());
        ended.fold((0.0, 0), |(rates, all), (rate, done)| {
            (rates + rate, all + done)
        })
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The bare server in a process of its own.
struct Hello {
    child: Child,
    address: SocketAddr,
}

impl Hello {
    fn start() -> Result<Self, Box<dyn std::error::Error>> {
        let program = std::env::current_exe()?.with_file_name("hello");
        let mut child = Command::new(program).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let address = line.trim().parse()?;
        Ok(Self { child, address })
    }
}

impl Drop for Hello {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
