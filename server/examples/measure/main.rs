//! What the server bears, measured against a running one of this build. Bounded; a few minutes.
//!
//! ```text
//! cargo run --release -p authspec-server --example measure [ratios|flood|idle|writers|reopen|login]
//! ```
//!
//! * `ratios`: CPU time for a request beside a bare hyper's (the example `hello`, which has to be
//!   built as well), and logins beside what the cores hash
//! * `flood`: how long reads take at rest and during a flood of logins, in one run, and how long the
//!   owner of an account takes to log in while 1, 2 and 10 addresses flood
//! * `idle`: memory of a server with 10,000 idle connections
//! * `writers`: how long a durable write takes with 1 to 256 writers at once
//! * `reopen`: how long a killed server with a million users takes to open again
//! * `login`: how long an unknown email and a wrong password take to refuse

#![expect(clippy::print_stdout, reason = "figures are what this program is for")]

mod flood;
mod idle;
mod login;
mod process;
mod ratios;
mod reopen;
mod writers;

use std::time::Duration;

/// Whatever may go wrong in a measurement ends it.
type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let which = std::env::args().nth(1);
    let is_asked = |name| which.as_deref().is_none_or(|which| which == name);
    // This very program serves, in a process of its own, where memory is measured.
    if is_asked("serve") && which.is_some() {
        return process::serve();
    }
    if is_asked("ratios") {
        ratios::measure()?;
    }
    if is_asked("flood") {
        flood::measure()?;
    }
    if is_asked("login") {
        login::measure()?;
    }
    if is_asked("idle") {
        idle::measure()?;
    }
    if is_asked("writers") {
        writers::measure()?;
    }
    if is_asked("reopen") {
        reopen::measure()?;
    }
    Ok(())
}

/// The median, the 99th percentile and the longest of some times, for people.
fn summary(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    format!(
        "p50 {:.2?}, p99 {:.2?}, longest {:.2?} ({} times)",
        at(50),
        at(99),
        at(100),
        times.len()
    )
}
