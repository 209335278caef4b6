//! Waits for a file to change.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::Duration,
};

use notify_debouncer_mini::{
    Debouncer, new_debouncer,
    notify::{self, RecommendedWatcher, RecursiveMode},
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::files::Files;

/// An editor may touch a file several times to save it once.
const QUIET: Duration = Duration::from_millis(100);

/// A file that changes while the server is judged, so many times in a row, is the server's own.
const OWN: u32 = 3;

/// The files of a folder, watched.
pub(super) struct Changes {
    root: PathBuf,
    known: Files,
    debouncer: Debouncer<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    woken: UnboundedReceiver<()>,
    /// How many runs in a row a file has changed in.
    in_runs: BTreeMap<PathBuf, u32>,
    in_this_run: BTreeSet<PathBuf>,
}

impl Changes {
    /// Begins to watch.
    pub(super) fn of(root: &Path) -> notify::Result<Self> {
        let root = root.canonicalize().map_err(notify::Error::io)?;
        let (wake, woken) = unbounded_channel();
        let debouncer = new_debouncer(QUIET, move |_| {
            // Whoever no longer listens is about to end.
            let _ = wake.send(());
        })?;
        let mut changes = Self {
            known: Files::of(&root),
            root,
            debouncer,
            watched: BTreeSet::new(),
            woken,
            in_runs: BTreeMap::new(),
            in_this_run: BTreeSet::new(),
        };
        changes.watch_folders()?;
        Ok(changes)
    }

    /// Watches each folder by itself, so that those which git ignores cost nothing.
    fn watch_folders(&mut self) -> notify::Result<()> {
        self.watched.retain(|folder| folder.is_dir());
        for folder in &self.known.folders {
            if self.watched.insert(folder.clone()) {
                let watcher = self.debouncer.watcher();
                watcher.watch(folder, RecursiveMode::NonRecursive)?;
            }
        }
        Ok(())
    }

    /// Ready with the files that a person has changed, relative to the folder.
    pub(super) async fn next(&mut self, judging: bool) -> Vec<PathBuf> {
        loop {
            if self.woken.recv().await.is_none() {
                std::future::pending::<()>().await;
            }
            while self.woken.try_recv().is_ok() {}
            let now = Files::of(&self.root);
            let changed = now.changed_since(&self.known);
            self.known = now;
            // A folder that cannot be watched is one in which changes go unseen.
            let _ = self.watch_folders();
            if judging {
                self.in_this_run.extend(changed.iter().cloned());
            }
            let by_people: Vec<PathBuf> = changed
                .into_iter()
                .filter(|path| !self.is_own(path))
                .map(|path| {
                    path.strip_prefix(&self.root)
                        .map_or(path.clone(), Path::to_owned)
                })
                .collect();
            if !by_people.is_empty() {
                return by_people;
            }
        }
    }

    /// A run begins: what changes from now on may be the server's doing.
    pub(super) fn run_begins(&mut self) {
        for path in std::mem::take(&mut self.in_this_run) {
            *self.in_runs.entry(path).or_default() += 1;
        }
    }

    /// A run has come to its end without a change in between: what changed before was a person's.
    pub(super) fn run_ends(&mut self) {
        self.in_this_run.clear();
        self.in_runs.retain(|_, runs| *runs >= OWN);
    }

    fn is_own(&self, path: &Path) -> bool {
        self.in_runs.get(path).is_some_and(|runs| *runs >= OWN)
    }

    /// The files that are taken for the server's own, relative to the folder.
    pub(super) fn own_files(&self) -> Vec<PathBuf> {
        let own = self.in_runs.iter().filter(|(_, runs)| **runs >= OWN);
        own.map(|(path, _)| path.strip_prefix(&self.root).unwrap_or(path).to_owned())
            .collect()
    }
}
