//! The server as people run it: the program itself.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::wire::Wire;

/// The program with nothing in its environment that could change it, in a folder of its own.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authspec-server"));
    command
        .env_clear()
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A running program, killed when it is dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
    /// Its first line.
    pub(crate) greeting: String,
    log: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts it on a free port of this machine, with the cheapest hashes, and waits until it
    /// says that it answers.
    pub(crate) fn start(folder: &Path, options: &[&str]) -> Self {
        let mut command = command(folder);
        command
            .args(["--host", "127.0.0.1", "--port", "0", "--bcrypt-cost", "4"])
            .args(options);
        Self::spawn(command)
    }

    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let log = read_in_background(child.stderr.take().unwrap());
        let mut greeting = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut greeting).unwrap();
        let address = greeting
            .trim_end()
            .strip_prefix("Listening on http://")
            .and_then(|address| address.parse().ok());
        let Some(address) = address else {
            let _ = child.wait();
            panic!("it does not start: {greeting}{}", log.join().unwrap());
        };
        Self {
            child,
            address,
            greeting,
            log: Some(log),
        }
    }

    pub(crate) fn wire(&self) -> Wire {
        Wire::connect(self.address)
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Ends it as an operator does, and returns how it ended and what it logged.
    pub(crate) fn stop(mut self) -> (ExitStatus, String) {
        self.signal(Signal::TERM);
        self.wait()
    }

    /// How it ended, if it has.
    pub(crate) fn try_wait(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self) -> (ExitStatus, String) {
        let until = Instant::now() + Duration::from_mins(1);
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it does not end");
            std::thread::sleep(Duration::from_millis(5));
        };
        (status, self.log.take().unwrap().join().unwrap())
    }

    /// Kills it in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_in_background(mut stderr: ChildStderr) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut log = Vec::new();
        let _ = stderr.read_to_end(&mut log);
        String::from_utf8_lossy(&log).into_owned()
    })
}

/// A folder of the test's own, and the file for the users in it.
pub(crate) fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("users.redb");
    (folder, file)
}
