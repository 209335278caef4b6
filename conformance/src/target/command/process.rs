//! One start of a command: a process group that is ended with all that belongs to it.

use std::{
    io,
    process::{ExitStatus, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal};
use tokio::{
    process::{Child, Command},
    task::JoinHandle,
};

use super::{
    CommandSpec,
    output::Output,
    tree::{MARK, Tree},
    watchdog::Watchdog,
};
use crate::target::confine;

/// How long the system may take to end what got SIGKILL.
const KILLED: Duration = Duration::from_secs(2);

/// How often to look whether it has ended.
const AGAIN: Duration = Duration::from_millis(20);

/// How long to read what is left in its pipes; a process that nobody can end may hold them open.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// The command, or this program, which confines itself and becomes it.
fn command(start: &CommandSpec) -> io::Result<Command> {
    let Some(confinement) = &start.confinement else {
        let (program, arguments) = start
            .words
            .split_first()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it is empty"))?;
        let mut command = Command::new(program);
        command.args(arguments);
        return Ok(command);
    };
    // What leaves its parent becomes a child of this process, and so stays known.
    adopt_orphans()?;
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg(confine::ASKED)
        .args(&start.words)
        .env_clear()
        .envs(confinement.environment())
        .env(confine::VARIABLE, confinement.text());
    Ok(command)
}

#[cfg(target_os = "linux")]
fn adopt_orphans() -> io::Result<()> {
    Ok(rustix::process::set_child_subreaper(Some(
        rustix::process::getpid(),
    ))?)
}

#[cfg(not(target_os = "linux"))]
fn adopt_orphans() -> io::Result<()> {
    Ok(())
}

/// The id of a process that has not been waited for.
pub fn process_id(child: &Child) -> Option<Pid> {
    Pid::from_raw(i32::try_from(child.id()?).ok()?)
}

/// A running command.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    tree: Tree,
    /// Ends it where it takes too much.
    watchdog: Option<Watchdog>,
    readers: Vec<JoinHandle<()>>,
    ended: Option<ExitStatus>,
    over: bool,
}

impl Process {
    /// Starts it in a process group of its own, so that a Ctrl-C on the terminal reaches this
    /// process alone, which then ends the target in order.
    pub(super) fn spawn(start: &CommandSpec, output: &Output) -> io::Result<Self> {
        let mark = uuid::Uuid::new_v4().to_string();
        let mut command = command(start)?;
        command
            .envs(start.environment.iter().map(|(name, value)| (name, value)))
            .env(MARK, &mark)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        if let Some(folder) = &start.folder {
            command.current_dir(folder);
        }
        let mut child = command.spawn()?;
        let group = process_id(&child).ok_or_else(|| io::Error::other("it has no process id"))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let stdout = stdout.map(|from| tokio::spawn(output.clone().read(from)));
        let stderr = stderr.map(|from| tokio::spawn(output.clone().read(from)));
        let tree = Tree {
            group,
            mark,
            adopts: start.confinement.is_some(),
        };
        let watchdog = start
            .confinement
            .as_ref()
            .map(|confinement| Watchdog::over(confinement, tree.clone(), output.clone()));
        Ok(Self {
            child,
            tree,
            watchdog,
            readers: stdout.into_iter().chain(stderr).collect(),
            ended: None,
            over: false,
        })
    }

    /// How the command ended, once nothing of it lives any more. One that only started others
    /// and ended well has not ended.
    pub(super) fn has_ended(&mut self) -> Option<ExitStatus> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait().ok().flatten();
        }
        self.ended.filter(|_| !self.tree.is_alive())
    }

    /// Why the watchdog has ended it, if it has.
    pub(super) fn was_ended(&self) -> Option<String> {
        self.watchdog.as_ref()?.reason()
    }

    /// Waits until it has ended by itself.
    pub(super) async fn ended(&mut self) -> ExitStatus {
        loop {
            if let Some(status) = self.has_ended() {
                return status;
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Reads what is left of its output once it has ended.
    pub(super) async fn last_words(&mut self) {
        let until = Instant::now() + LAST_WORDS;
        for reader in &mut self.readers {
            let _ = tokio::time::timeout_at(until.into(), reader).await;
        }
        for reader in self.readers.drain(..) {
            reader.abort();
        }
    }

    /// Ends it and all that it started: asks first, and insists after `grace`.
    pub(super) async fn stop(mut self, grace: Duration) {
        self.tree.signal(Signal::TERM);
        // A target that was suspended could not end.
        self.tree.signal(Signal::CONT);
        if tokio::time::timeout(grace, self.ended()).await.is_err() {
            self.tree.signal(Signal::KILL);
            let _ = tokio::time::timeout(KILLED, self.ended()).await;
        }
        self.over = true;
        self.last_words().await;
    }
}

impl Drop for Process {
    /// Whatever way this process takes, no target stays behind.
    fn drop(&mut self) {
        if !self.over {
            self.tree.signal(Signal::KILL);
        }
    }
}
