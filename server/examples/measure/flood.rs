//! Reads at rest and beside a flood of logins; and how long the owner of an account takes to log in
//! while others flood, from one address and from many, that account and others.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::process::{Line, Process, form};
use super::{Outcome, summary};

const WINDOW: Duration = Duration::from_secs(6);
const FLOODERS: usize = 96;

pub(crate) fn measure() -> Outcome {
    let process = Process::start(12)?;
    let mut line = Line::to(process.address)?;
    line.ask(&form("/users", "a@x", "p"))?;
    println!("reads at rest:      {}", reads(&mut line)?);
    let stop = AtomicBool::new(false);
    let (hashed, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut during = None;
    thread::scope(|scope| {
        for flooder in 0..FLOODERS {
            let (process, stop, hashed, refused) = (&process, &stop, &hashed, &refused);
            scope.spawn(move || {
                let Ok(mut line) = Line::to(process.address) else {
                    return;
                };
                let login = form("/sessions", &format!("{}@x", flooder % 80), "wrong");
                while !stop.load(Ordering::Relaxed) {
                    match line.ask(&login) {
                        Ok(401) => hashed.fetch_add(1, Ordering::Relaxed),
                        Ok(_) => {
                            thread::sleep(Duration::from_millis(100));
                            refused.fetch_add(1, Ordering::Relaxed)
                        }
                        Err(_) => return,
                    };
                }
            });
        }
        thread::sleep(Duration::from_secs(1));
        during = reads(&mut line).ok();
        stop.store(true, Ordering::Relaxed);
    });
    println!("reads during flood: {}", during.ok_or("no reads")?);
    println!(
        "flood of {FLOODERS} clients: {} logins hashed, {} refused with 503",
        hashed.into_inner(),
        refused.into_inner()
    );
    for addresses in [1, 2, 10] {
        the_owner_logs_in(addresses, "one account", |_| "owner@x".into())?;
        the_owner_logs_in(addresses, "many accounts", |number| format!("{number}@x"))?;
    }
    Ok(())
}

/// Logs in again and again while so many addresses, with all the connections between them, try
/// wrong passwords without a pause. Each address is an own one of this machine.
fn the_owner_logs_in(
    addresses: usize,
    what: &str,
    email_of: impl Fn(usize) -> String + Sync,
) -> Outcome {
    const LOGINS: usize = 8;
    let process = Process::start(12)?;
    let address = process.address;
    let mut owner = Line::to(address)?;
    owner.ask(&form("/users", "owner@x", "p"))?;
    let stop = AtomicBool::new(false);
    let (mut times, mut statuses) = (Vec::new(), Vec::new());
    thread::scope(|scope| {
        for flooder in 0..FLOODERS * 2 {
            let (stop, email_of) = (&stop, &email_of);
            scope.spawn(move || {
                let host = u8::try_from(flooder % addresses).unwrap_or(0) + 1;
                let Ok(mut line) = Line::from([127, 0, 3, host], address) else {
                    return;
                };
                let login = form("/sessions", &email_of(flooder), "wrong");
                while !stop.load(Ordering::Relaxed) {
                    match line.ask(&login) {
                        Ok(401) => {}
                        Ok(_) => thread::sleep(Duration::from_millis(50)),
                        Err(_) => return,
                    }
                }
            });
        }
        thread::sleep(Duration::from_secs(1));
        for _ in 0..LOGINS {
            let asked = Instant::now();
            statuses.push(owner.ask(&form("/sessions", "owner@x", "p")).unwrap_or(0));
            times.push(asked.elapsed());
        }
        stop.store(true, Ordering::Relaxed);
        // Whose turn has not come would wait for it for seconds yet.
        drop(process);
    });
    assert_eq!(statuses, [200; LOGINS], "the owner is kept out");
    println!(
        "{addresses:2} addresses flood {what}: the owner logs in, {}",
        summary(times)
    );
    Ok(())
}

/// `GET /` and `GET /profile` in turn, with a little time between, as people ask.
fn reads(line: &mut Line) -> Result<String, Box<dyn std::error::Error>> {
    let requests = [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /profile HTTP/1.1\r\nHost: x\r\nCookie: session_id=x\r\n\r\n",
    ];
    let began = Instant::now();
    let mut times = Vec::new();
    while began.elapsed() < WINDOW {
        for request in requests {
            let asked = Instant::now();
            line.ask(request)?;
            times.push(asked.elapsed());
            thread::sleep(Duration::from_millis(1));
        }
    }
    Ok(summary(times))
}
