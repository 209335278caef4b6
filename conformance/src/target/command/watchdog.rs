//! Ends a confined command where all its processes together take too much.

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tokio::task::JoinHandle;

use super::{output::Output, tree::Tree};
use crate::target::confine::{Confinement, size};

/// How often to look at the processes.
const AGAIN: Duration = Duration::from_millis(100);

/// A look at the disk takes at most this share of the time.
const SHARE: u32 = 20;

/// Watches a tree of processes until it is dropped, or has ended them.
#[derive(Debug)]
pub(super) struct Watchdog {
    task: JoinHandle<()>,
    reason: Arc<OnceLock<String>>,
}

impl Watchdog {
    /// Begins to watch.
    pub(super) fn over(confinement: &Confinement, tree: Tree, output: Output) -> Self {
        let reason = Arc::new(OnceLock::new());
        let watching = watch(confinement.clone(), tree, output, Arc::clone(&reason));
        let task = tokio::spawn(watching);
        Self { task, reason }
    }

    /// Why it has ended the command, if it has.
    pub(super) fn reason(&self) -> Option<String> {
        self.reason.get().cloned()
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn watch(
    confinement: Confinement,
    tree: Tree,
    output: Output,
    reason: Arc<OnceLock<String>>,
) {
    let (limits, folders) = (confinement.limits, confinement.write);
    let before: u64 = folders.iter().map(|folder| size(folder)).sum();
    let mut next_disk = Instant::now();
    loop {
        tokio::time::sleep(AGAIN).await;
        let mut excess = limits.exceeded_by(&tree.ids(), output.length());
        if excess.is_none() && Instant::now() >= next_disk {
            let begun = Instant::now();
            excess = limits.disk_exceeded(&folders, before);
            next_disk = Instant::now() + begun.elapsed() * SHARE;
        }
        if let Some(excess) = excess {
            output.note(format!("ended, because {excess}"));
            let _ = reason.set(excess);
            return end(&tree).await;
        }
    }
}

/// Kills all of it, again until nothing is left: a process may start others while it is killed.
async fn end(tree: &Tree) {
    for _ in 0..100 {
        tree.signal(Signal::STOP);
        tree.signal(Signal::KILL);
        if !tree.is_alive() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
