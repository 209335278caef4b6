//! bcrypt, away from the reactor and within bounds.
//!
//! A hash takes a core for a quarter of a second at the default cost, so it is the one thing that
//! can bring the service down. As many hashes as there are cores run at once, on threads that can
//! step back behind everything else; a bounded number waits, each client and account in fair
//! [`turns`]; the rest is refused at once.

mod turns;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use turns::Turns;
pub(crate) use turns::{Bounds, Turn};

/// How long a thread without work stays: long enough to be there for the next login of a busy
/// server, short enough that an idle one has none.
const IDLE: Duration = Duration::from_secs(2);

/// Why there is no hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HashingError {
    /// Too much waits already. Worth another try later.
    #[error("too many passwords are waiting to be hashed")]
    Busy,
    /// bcrypt refused its input or the system its randomness.
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// The hashing of one server. Its threads start with the first work, and end soon after the last
/// or, when it is dropped, at once.
#[derive(Debug)]
pub(crate) struct Hashing {
    shop: Arc<Shop>,
}

#[derive(Debug)]
struct Shop {
    /// The most threads.
    at_once: usize,
    /// How far they step back behind everything else, see `nice(2)`.
    niceness: i32,
    state: Mutex<State>,
    wake: Condvar,
}

struct State {
    turns: Turns<Job>,
    threads: usize,
    idle: usize,
    closed: bool,
}

struct Job {
    work: Box<dyn FnOnce() + Send>,
    is_wanted: Box<dyn Fn() -> bool + Send>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("waiting", &self.turns.waiting())
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}

impl Hashing {
    /// `at_once` hashes at a time, on threads of that niceness, and beside them what `bounds` allow
    /// to wait.
    pub(crate) fn new(at_once: usize, niceness: i32, bounds: Bounds) -> Self {
        let state = State {
            turns: Turns::new(bounds),
            threads: 0,
            idle: 0,
            closed: false,
        };
        Self {
            shop: Arc::new(Shop {
                at_once: at_once.max(1),
                niceness,
                state: Mutex::new(state),
                wake: Condvar::new(),
            }),
        }
    }

    /// A salted hash of the password at that cost: the document's `bcrypt.hashpw` (task 4).
    pub(crate) async fn hash(
        &self,
        turn: &Turn,
        password: String,
        cost: u32,
    ) -> Result<String, HashingError> {
        self.run(turn, move || bcrypt::hash(password, cost)).await
    }

    /// Whether the hash is one of the password: the document's `bcrypt.checkpw` (task 8).
    pub(crate) async fn verify(
        &self,
        turn: &Turn,
        password: String,
        hashed: String,
    ) -> Result<bool, HashingError> {
        self.run(turn, move || bcrypt::verify(password, &hashed))
            .await
    }

    async fn run<T: Send + 'static>(
        &self,
        turn: &Turn,
        work: impl FnOnce() -> Result<T, bcrypt::BcryptError> + Send + 'static,
    ) -> Result<T, HashingError> {
        let (reply, outcome) = oneshot::channel();
        let reply = Arc::new(Mutex::new(Some(reply)));
        let asked = Arc::clone(&reply);
        self.shop.take(
            turn,
            Job {
                work: Box::new(move || {
                    let outcome = work();
                    if let Some(reply) = lock(&reply).take() {
                        let _ = reply.send(outcome);
                    }
                }),
                is_wanted: Box::new(move || {
                    lock(&asked)
                        .as_ref()
                        .is_some_and(|reply| !reply.is_closed())
                }),
            },
        )?;
        outcome
            .await
            .map_err(|_| HashingError::Failed("the work was given up".into()))?
            .map_err(|error| HashingError::Failed(error.to_string()))
    }
}

impl Drop for Hashing {
    fn drop(&mut self) {
        lock(&self.shop.state).closed = true;
        self.shop.wake.notify_all();
    }
}

impl Shop {
    fn take(self: &Arc<Self>, turn: &Turn, job: Job) -> Result<(), HashingError> {
        let mut state = lock(&self.state);
        if let Err(job) = state.turns.push(turn, job) {
            // Whoever hung up needs no turn.
            state.turns.retain(|job| (job.is_wanted)());
            state
                .turns
                .push(turn, job)
                .map_err(|_| HashingError::Busy)?;
        }
        // An idle thread that was woken counts as idle until it has taken its job, so the jobs are
        // compared with the threads and not looked at one by one.
        if state.turns.waiting() > state.idle && state.threads < self.at_once {
            let shop = Arc::clone(self);
            let started = thread::Builder::new()
                .name("hashing".into())
                .spawn(move || shop.work());
            match started {
                Ok(_) => state.threads += 1,
                // The threads that there are will do it, if there are any.
                Err(_) if state.threads > 0 => {}
                Err(_) => return Err(HashingError::Busy),
            }
        }
        drop(state);
        self.wake.notify_one();
        Ok(())
    }

    fn work(&self) {
        if self.niceness != 0 {
            // On Linux it is the thread's own. One that may not step back works all the same.
            let _ = rustix::process::nice(self.niceness);
        }
        let mut state = lock(&self.state);
        loop {
            if let Some(job) = state.turns.pop() {
                drop(state);
                if (job.is_wanted)() {
                    // The caller sees a panic as work given up; the thread stays.
                    let _ = catch_unwind(AssertUnwindSafe(job.work));
                }
                state = lock(&self.state);
                continue;
            }
            if state.closed {
                break;
            }
            state.idle += 1;
            let waited = self
                .wake
                .wait_timeout(state, IDLE)
                .unwrap_or_else(PoisonError::into_inner);
            state = waited.0;
            state.idle -= 1;
            if waited.1.timed_out() && state.turns.waiting() == 0 {
                break;
            }
        }
        state.threads -= 1;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::client::Client;

    const BOUNDS: Bounds = Bounds {
        waiting: 100,
        per_client: 100,
        per_account: 100,
    };

    fn turn() -> Turn {
        Turn {
            client: Client::LOCAL,
            account: String::new(),
        }
    }

    /// Each pair of jobs ends only if both run at once, however the threads fell asleep before.
    #[tokio::test]
    async fn no_core_is_idle_while_work_waits() {
        let hashing = Hashing::new(2, 0, BOUNDS);
        for _ in 0..200 {
            let barrier = Arc::new(Barrier::new(2));
            let job = || {
                let barrier = Arc::clone(&barrier);
                move || {
                    barrier.wait();
                    Ok(())
                }
            };
            let turn = turn();
            let both = async { tokio::join!(hashing.run(&turn, job()), hashing.run(&turn, job())) };
            let ended = tokio::time::timeout(Duration::from_secs(30), both).await;
            assert_eq!(ended, Ok((Ok(()), Ok(()))));
        }
    }

    #[tokio::test]
    async fn no_more_run_at_once_than_there_may() {
        let hashing = Arc::new(Hashing::new(2, 0, BOUNDS));
        let running = Arc::new(AtomicUsize::new(0));
        let mut jobs = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (hashing, running) = (Arc::clone(&hashing), Arc::clone(&running));
            jobs.spawn(async move {
                let job = move || {
                    let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                    thread::sleep(Duration::from_millis(1));
                    running.fetch_sub(1, Ordering::SeqCst);
                    Ok(now)
                };
                hashing.run(&turn(), job).await.unwrap()
            });
        }
        assert!(jobs.join_all().await.into_iter().all(|now| now <= 2));
    }

    #[tokio::test]
    async fn a_panic_is_an_error_and_the_next_work_is_done() {
        let hashing = Hashing::new(1, 0, BOUNDS);
        let turn = turn();
        let panicked = hashing.run(&turn, || -> Result<(), _> { panic!("on purpose") });
        assert!(matches!(panicked.await, Err(HashingError::Failed(_))));
        assert_eq!(hashing.run(&turn, || Ok(7)).await, Ok(7));
    }

    #[tokio::test]
    async fn its_threads_end_with_it() {
        let hashing = Hashing::new(2, 0, BOUNDS);
        hashing.run(&turn(), || Ok(())).await.unwrap();
        let shop = Arc::downgrade(&hashing.shop);
        drop(hashing);
        let ended = (0..3000).any(|_| {
            thread::sleep(Duration::from_millis(1));
            shop.strong_count() == 0
        });
        assert!(ended);
    }
}
