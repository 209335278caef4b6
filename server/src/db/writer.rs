//! One writer that commits in groups.
//!
//! redb lets one transaction write at a time and gives the turn to whoever asks, in no fair order:
//! many tasks that each commit for themselves are slow and some wait for over a second. So all
//! changes queue up here, first come, first served, and whatever has queued up while the last
//! commit was on its way to the disk shares the next one. A caller is answered after the commit
//! that holds its change, and waits for two commits at most: the one under way, and its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;

use super::change::{Change, Refused, make};
use super::engine::Engine;
use super::error::StoreError;
use super::tables::writable;
use crate::user::User;

/// The most changes in one commit, which bounds how long a commit can take. Also the most that
/// wait for the next one; who comes after waits for a place.
const GROUP: usize = 1024;

/// How long after a failure the file is tried again.
const RECOVERY: Duration = Duration::from_secs(1);

type Outcome = Result<Result<User, Refused>, StoreError>;

/// A change and where its outcome is awaited.
struct Order {
    change: Change,
    reply: oneshot::Sender<Outcome>,
}

/// The entrance to the queue.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    queue: mpsc::Sender<Order>,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Order")
    }
}

impl Writer {
    /// Starts the writer's task. It ends, with everything queued committed, when the last entrance
    /// is dropped.
    pub(super) fn start(engine: Arc<Engine>) -> (Self, JoinHandle<()>) {
        let (queue, orders) = mpsc::channel(GROUP);
        (Self { queue }, tokio::spawn(write(engine, orders)))
    }

    /// Makes the change, durably. The change is made or refused even when the caller stops waiting.
    pub(super) async fn make(&self, change: Change) -> Outcome {
        let (reply, outcome) = oneshot::channel();
        let order = Order { change, reply };
        self.queue
            .send(order)
            .await
            .map_err(|_| StoreError::Closed)?;
        outcome.await.map_err(|_| StoreError::Closed)?
    }
}

async fn write(engine: Arc<Engine>, mut orders: mpsc::Receiver<Order>) {
    let mut group = Vec::new();
    loop {
        let received = orders.recv_many(&mut group, GROUP);
        if engine.is_open() {
            if received.await == 0 {
                return;
            }
        } else {
            // The file could not be opened again after a failure. Nobody may write for a while,
            // and people want to read.
            match timeout(RECOVERY, received).await {
                Ok(0) => return,
                Ok(_) => {}
                Err(_) => {
                    let engine = Arc::clone(&engine);
                    let _ = spawn_blocking(move || engine.recover()).await;
                    continue;
                }
            }
        }
        let group = std::mem::take(&mut group);
        let engine = Arc::clone(&engine);
        // A commit waits for the disk, and the reactor must not. The thread cannot fail but by
        // the runtime's end, and then nobody waits for an answer.
        let _ = spawn_blocking(move || commit(&engine, group)).await;
    }
}

fn commit(engine: &Engine, group: Vec<Order>) {
    // The engine may panic over a damaged file. Every caller has to get an answer all the same,
    // and the writer has to live on.
    let outcomes = catch_unwind(AssertUnwindSafe(|| commit_all(engine, &group)))
        .unwrap_or_else(|_| Err(StoreError::Damaged("the storage engine gave up".into())));
    match outcomes {
        Ok(outcomes) => {
            for (order, outcome) in group.into_iter().zip(outcomes) {
                let _ = order.reply.send(Ok(outcome));
            }
        }
        Err(error) => {
            tracing::error!(%error, changes = group.len(), "a commit failed");
            engine.recover();
            for order in group {
                let _ = order.reply.send(Err(error.clone()));
            }
        }
    }
}

fn commit_all(engine: &Engine, group: &[Order]) -> Result<Vec<Result<User, Refused>>, StoreError> {
    let transaction = engine.begin_write()?;
    let outcomes = {
        let mut tables = writable(&transaction)?;
        group
            .iter()
            .map(|order| make(&mut tables, &order.change))
            .collect::<Result<Vec<_>, _>>()?
    };
    if outcomes.iter().any(Result::is_ok) {
        transaction.commit()?;
    } else {
        transaction.abort()?;
    }
    Ok(outcomes)
}
