//! The hash pool: bcrypt, away from the reactor and within bounds.
//!
//! A hash takes a core for a quarter of a second at the default cost, so it is the one thing that
//! can bring the service down. As many hashes as there are cores run at once, on threads that can
//! step back behind everything else; a bounded number waits in a [`FairQueue`]; the rest is refused
//! at once. Who stops waiting leaves the queue.

use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

use super::fair_queue::FairQueue;
use super::peer::Peer;
use crate::settings::Limits;

/// Why there is no hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HashError {
    /// Too much waits already. Worth another try later.
    #[error("too many passwords are waiting to be hashed")]
    Busy,
    /// The input was refused, or the system its randomness.
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// The hashing of one server.
#[derive(Debug)]
pub(crate) struct HashPool {
    shared: Arc<Shared>,
    niceness: i32,
}

#[derive(Debug)]
struct Shared(Mutex<State>);

#[derive(Debug)]
struct State {
    /// Permits that nobody has. While there are any, nobody waits.
    free: usize,
    waiting: FairQueue<oneshot::Sender<Permit>>,
}

/// The right to hash, handed on when it is dropped.
#[derive(Debug)]
struct Permit(Arc<Shared>);

/// An entry in the queue, taken out when it is dropped.
struct Waiting<'a> {
    shared: &'a Shared,
    peer: Peer,
    number: u64,
}

impl HashPool {
    pub(crate) fn new(limits: &Limits) -> Self {
        let state = State {
            free: limits.hashes_at_once,
            waiting: FairQueue::new(limits.hashes_waiting),
        };
        Self {
            shared: Arc::new(Shared(Mutex::new(state))),
            niceness: limits.hashing_niceness,
        }
    }

    /// Hashes on behalf of the peer: the document's `bcrypt.hashpw` or `bcrypt.checkpw`. Nothing
    /// is hashed for a caller who stops waiting before it is their turn.
    pub(crate) async fn run<T: Send + 'static, E: Display + Send + 'static>(
        &self,
        peer: Peer,
        hash: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, HashError> {
        let permit = self.permit(peer).await?;
        let niceness = self.niceness;
        let hashed = spawn_blocking(move || {
            let _permit = permit;
            step_back(niceness);
            hash()
        });
        match hashed.await {
            Ok(hashed) => hashed.map_err(|error| HashError::Failed(error.to_string())),
            Err(_) => Err(HashError::Failed("it was given up".into())),
        }
    }

    async fn permit(&self, peer: Peer) -> Result<Permit, HashError> {
        let (sender, receiver) = oneshot::channel();
        let waiting = {
            let mut state = self.shared.state();
            if state.free > 0 {
                state.free -= 1;
                return Ok(Permit(Arc::clone(&self.shared)));
            }
            // Whoever has to give way is told by the end of their channel.
            let pushed = state.waiting.push(peer, sender);
            let (number, _) = pushed.map_err(|_| HashError::Busy)?;
            Waiting {
                shared: &self.shared,
                peer,
                number,
            }
        };
        let permit = receiver.await.map_err(|_| HashError::Busy);
        drop(waiting);
        permit
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.0.state();
        match state.waiting.pop() {
            None => state.free += 1,
            Some(next) => {
                drop(state);
                // One who left in this moment drops the permit, and so hands it on as well.
                let _ = next.send(Self(Arc::clone(&self.0)));
            }
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let left = self.shared.state().waiting.remove(self.peer, self.number);
        drop(left);
    }
}

/// On Linux the niceness is the thread's own. One that may not step back works all the same.
fn step_back(niceness: i32) {
    if niceness != 0 {
        let _ = rustix::process::setpriority_process(None, niceness);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn pool(at_once: usize) -> Arc<HashPool> {
        Arc::new(HashPool::new(&Limits {
            hashes_at_once: at_once,
            hashes_waiting: 100,
            ..Limits::default()
        }))
    }

    /// Each pair of hashes ends only if both run at once, whatever ran before.
    #[tokio::test]
    async fn no_core_is_idle_while_work_waits() {
        let pool = pool(2);
        for _ in 0..200 {
            let barrier = Arc::new(Barrier::new(2));
            let hash = || {
                let barrier = Arc::clone(&barrier);
                move || {
                    barrier.wait();
                    Ok::<(), String>(())
                }
            };
            let both = async {
                tokio::join!(pool.run(Peer::LOCAL, hash()), pool.run(Peer::LOCAL, hash()))
            };
            let ended = tokio::time::timeout(Duration::from_secs(30), both).await;
            assert_eq!(ended, Ok((Ok(()), Ok(()))));
        }
    }

    #[tokio::test]
    async fn no_more_run_at_once_than_there_may() {
        let pool = pool(2);
        let running = Arc::new(AtomicUsize::new(0));
        let mut hashes = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (pool, running) = (Arc::clone(&pool), Arc::clone(&running));
            hashes.spawn(async move {
                let hash = move || {
                    let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                    std::thread::sleep(Duration::from_millis(1));
                    running.fetch_sub(1, Ordering::SeqCst);
                    Ok::<_, String>(now)
                };
                pool.run(Peer::LOCAL, hash).await.unwrap()
            });
        }
        assert!(hashes.join_all().await.into_iter().all(|now| now <= 2));
        assert_eq!(pool.shared.state().free, 2, "every permit came back");
    }

    #[tokio::test]
    async fn a_panic_is_an_error_and_the_next_work_is_done() {
        let pool = pool(1);
        let panicked = pool.run(Peer::LOCAL, || -> Result<(), String> {
            panic!("on purpose")
        });
        assert!(matches!(panicked.await, Err(HashError::Failed(_))));
        assert_eq!(pool.run(Peer::LOCAL, || Ok::<_, String>(7)).await, Ok(7));
    }

    #[tokio::test]
    async fn who_stops_waiting_is_not_hashed_for_and_leaves_the_queue() {
        let pool = pool(1);
        let permit = pool.permit(Peer::LOCAL).await.unwrap();
        let hash = || -> Result<(), String> { panic!("nobody waits for it") };
        let waiting = pool.run(Peer::LOCAL, hash);
        let waited = tokio::time::timeout(Duration::from_millis(10), waiting).await;
        assert!(waited.is_err());
        drop(permit);
        assert_eq!(pool.shared.state().free, 1, "nobody is in the queue");
    }
}
