//! One thread that writes, and commits in groups.
//!
//! redb lets one transaction write at a time and gives the turn to whoever asks, in no fair order:
//! many tasks that each commit for themselves are slow and some wait for over a second. So all
//! changes queue up here, first come, first served, and whatever has queued up while the last
//! commit was on its way to the disk shares the next one. A caller is answered after the commit
//! that holds its change, and waits for two commits at most: the one under way, and its own.
//!
//! The thread owns the database. Readers never touch it: after each commit, and before anybody is
//! answered, the thread publishes a [`Snapshot`] for them.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use redb::{Database, ReadableDatabase};
use tokio::sync::{mpsc, oneshot, watch};

use super::error::{Failed, StoreError, guarded};
use super::file::{self, Verify};
use super::tables::{Readable, readable};
use super::transaction::Transaction;

/// The most changes in one commit, which bounds how long a commit can take. Also the most that
/// wait for the next one; who comes after waits until there is room.
const GROUP: usize = 1024;

/// The tables as of the last commit, already open: opening them costs more than a look-up.
#[derive(Default)]
pub(super) struct Snapshot(RwLock<Option<Arc<Readable>>>);

impl Snapshot {
    /// `None` while the store is closed. Nothing is waited for: the lock is held to swap a pointer.
    pub(super) fn get(&self) -> Option<Arc<Readable>> {
        let tables = self.0.read().unwrap_or_else(PoisonError::into_inner);
        tables.clone()
    }

    fn set(&self, tables: Option<Arc<Readable>>) -> Option<Arc<Readable>> {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut held, tables)
    }
}

/// The entrance to the queue; the writer ends, with everything queued committed and the file free,
/// when the last one is dropped.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Change>>,
}

impl Writer {
    /// Starts the thread. The receiver's channel closes when the thread has ended.
    pub(super) fn start(
        database: Database,
        path: Option<PathBuf>,
        snapshot: Arc<Snapshot>,
    ) -> Result<(Self, watch::Receiver<()>), StoreError> {
        let (queue, changes) = mpsc::channel(GROUP);
        let (end, ended) = watch::channel(());
        let mut store = Store {
            database: Some(database),
            path,
            snapshot,
        };
        store.publish()?;
        thread::Builder::new()
            .name("writer".into())
            .spawn(move || {
                store.write(changes);
                store.close();
                drop(end);
            })
            .map_err(redb::Error::Io)?;
        Ok((Self { queue }, ended))
    }

    /// Makes the change, durably. It is made or refused even when the caller stops waiting.
    pub(super) async fn make<T, E, A>(&self, act: A) -> Result<T, E>
    where
        A: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Failed + Send + 'static,
    {
        let (reply, outcome) = oneshot::channel();
        let change = Box::new(Order {
            act,
            outcome: None,
            reply,
        });
        let sent = self.queue.send(change).await;
        sent.map_err(|_| StoreError::Closed)?;
        outcome.await.map_err(|_| StoreError::Closed)?
    }
}

/// A change in the queue.
trait Change: Send {
    /// Makes the change; an error is the store's, and means that the transaction is lost.
    fn make(&mut self, users: &mut Transaction<'_>) -> Result<(), StoreError>;
    /// Whether it was made and not refused.
    fn is_made(&self) -> bool;
    /// Tells the caller what came of it, now that it is durable, or what has become of the store.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Order<A, T, E> {
    act: A,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<A, T, E> Change for Order<A, T, E>
where
    A: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send,
    T: Send,
    E: Failed + Send,
{
    fn make(&mut self, users: &mut Transaction<'_>) -> Result<(), StoreError> {
        let outcome = (self.act)(users);
        if let Err(error) = &outcome
            && let Some(error) = error.store_error()
        {
            return Err(error.clone());
        }
        self.outcome = Some(outcome);
        Ok(())
    }

    fn is_made(&self) -> bool {
        matches!(self.outcome, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let outcome = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(StoreError::Closed.into()),
            (Err(error), _) => Err(error.into()),
        };
        // Whoever does not wait any more need not know.
        let _ = self.reply.send(outcome);
    }
}

/// Why a group was not committed.
enum Lost {
    /// The change at this index broke the transaction; the others may be made without it.
    Change(usize, StoreError),
    /// The store itself failed.
    Store(StoreError),
}

/// What the thread owns.
struct Store {
    /// `None` only after the disk failed and until the file could be opened again.
    database: Option<Database>,
    /// Where it is kept; `None` in memory.
    path: Option<PathBuf>,
    snapshot: Arc<Snapshot>,
}

impl Store {
    fn write(&mut self, mut changes: mpsc::Receiver<Box<dyn Change>>) {
        let mut group = Vec::new();
        while changes.blocking_recv_many(&mut group, GROUP) > 0 {
            if self.database.is_none() {
                self.reopen();
            }
            self.commit_without_the_broken(&mut group);
        }
    }

    /// Commits the group. A change that meets a damaged record costs its caller an error, and the
    /// others nothing.
    fn commit_without_the_broken(&mut self, group: &mut Vec<Box<dyn Change>>) {
        while !group.is_empty() {
            match self.commit(group) {
                Ok(()) => {
                    for change in group.drain(..) {
                        change.answer(Ok(()));
                    }
                }
                Err(Lost::Change(index, error)) => {
                    tracing::error!(%error, "a change cannot be made");
                    group.remove(index).answer(Err(error));
                }
                Err(Lost::Store(error)) => {
                    tracing::error!(%error, changes = group.len(), "a commit failed");
                    self.reopen();
                    for change in group.drain(..) {
                        change.answer(Err(error.clone()));
                    }
                }
            }
        }
    }

    fn commit(&mut self, group: &mut [Box<dyn Change>]) -> Result<(), Lost> {
        let lost = |error: StoreError| Lost::Store(error);
        let database = self.database.as_ref().ok_or(lost(StoreError::Closed))?;
        let mut transaction = database.begin_write().map_err(|it| lost(it.into()))?;
        // After a kill the file is open again within a millisecond, at any size; a store in memory
        // dies with its process and need not pay for it.
        transaction.set_quick_repair(self.path.is_some());
        let mut users = Transaction::new(&transaction).map_err(lost)?;
        for (index, change) in group.iter_mut().enumerate() {
            guarded(|| change.make(&mut users)).map_err(|error| Lost::Change(index, error))?;
        }
        drop(users);
        if !group.iter().any(|change| change.is_made()) {
            return transaction.abort().map_err(|it| lost(it.into()));
        }
        guarded(|| Ok(transaction.commit()?)).map_err(lost)?;
        guarded(|| self.publish()).map_err(lost)
    }

    fn publish(&self) -> Result<(), StoreError> {
        let database = self.database.as_ref().ok_or(StoreError::Closed)?;
        let tables = readable(&database.begin_read()?)?;
        self.snapshot.set(Some(Arc::new(tables)));
        Ok(())
    }

    /// Opens the file again after a failure. redb trusts nothing after an error of the disk, and
    /// rightly, but a disk that was full may have room again: the file holds exactly what was
    /// committed, so the store goes on from there. If it cannot be opened, reads fail too, and the
    /// next change tries again.
    fn reopen(&mut self) {
        let Some(path) = self.path.clone() else {
            return;
        };
        self.close();
        let opened = file::open(&path, Verify::IfSmall).map_err(|error| error.to_string());
        match opened.map(|database| self.database = Some(database)) {
            Ok(()) => {
                if let Err(error) = self.publish() {
                    tracing::error!(%error, "the store cannot be read");
                }
            }
            Err(error) => tracing::error!(error, "the store cannot be opened again yet"),
        }
    }

    /// Lets the database go, after the last read of it: a read that is under way holds the file.
    fn close(&mut self) {
        if let Some(tables) = self.snapshot.set(None) {
            while Arc::strong_count(&tables) > 1 {
                thread::sleep(Duration::from_millis(1));
            }
        }
        self.database = None;
    }
}
