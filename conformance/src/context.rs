//! What all scenarios of a run share: the client, the names, the accounts that are left alone,
//! and what is known of the target's health.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU32, Ordering},
};

use crate::{
    accounts::Accounts,
    client::{Ask, Client},
    names::Names,
    transcript::{Exchange, NoAnswer},
    watch::Watch,
};

/// After so many requests in a row without an answer the target is taken for dead. Fewer would
/// blame the rest of the suite on one request that hangs; more would wait for nothing.
const SILENT_REQUESTS: u32 = 3;

/// Shared by the scenarios of one run.
#[derive(Debug)]
pub struct Context {
    /// Sends requests.
    pub client: Client,
    /// Makes emails and passwords.
    pub names: Names,
    /// Accounts that scenarios hand on.
    pub accounts: Accounts,
    /// Compares every exchange with the model.
    pub watch: Watch,
    /// Whether the target has just been started for one scenario alone.
    pub fresh: bool,
    health: Mutex<Health>,
    silent: AtomicU32,
}

/// What is known of the target.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Health {
    /// It answers.
    Well,
    /// It no longer answers; since when, in a sentence.
    Lost(String),
    /// It answers, and a scenario has left it unable to do its work; which, in a sentence.
    Wrecked(String),
}

impl Context {
    /// A context for a run that has just begun.
    pub fn new(client: Client, names: Names) -> Self {
        Self {
            client,
            names,
            accounts: Accounts::default(),
            watch: Watch::default(),
            fresh: false,
            health: Mutex::new(Health::Well),
            silent: AtomicU32::new(0),
        }
    }

    /// A context for one scenario of the same run, whose target has just been started at `base`.
    #[must_use]
    pub fn afresh(&self, base: reqwest::Url) -> Self {
        Self {
            fresh: true,
            ..Self::new(self.client.at(base), self.names)
        }
    }

    /// Sends a request and draws conclusions about the target's health.
    pub async fn send(&self, ask: &Ask) -> Exchange {
        let mut exchange = self.client.send(ask).await;
        self.watch.see(ask, &mut exchange, self.client.base());
        self.observe(&exchange).await;
        exchange
    }

    /// Draws conclusions from an exchange.
    pub async fn observe(&self, exchange: &Exchange) {
        match &exchange.answer {
            Ok(_) => self.silent.store(0, Ordering::Relaxed),
            Err(NoAnswer::NotReached(why)) => {
                self.lose(format!("the target no longer accepts connections ({why})"));
            }
            Err(NoAnswer::TimedOut(limit)) => {
                if self.silent.fetch_add(1, Ordering::Relaxed) + 1 >= SILENT_REQUESTS {
                    self.lose(format!(
                        "the target left {SILENT_REQUESTS} requests in a row without an answer, each for {}",
                        humantime::format_duration(*limit)
                    ));
                }
            }
            Err(NoAnswer::Broken(_)) => {
                // Nobody can tell whether the request was too much for the target, or whether
                // somebody else has ended it just then. It is only at fault if it is still there.
                let again = self.client.send_at_once(&Ask::root()).await;
                if let Err(NoAnswer::NotReached(why)) = again.answer {
                    let request = &exchange.request;
                    self.lose(format!(
                        "the target ended in the middle of {} {} and accepts no connection any more ({why})",
                        request.method, request.url
                    ));
                }
            }
        }
    }

    /// What is known of the target now.
    pub fn health(&self) -> Health {
        self.lock().clone()
    }

    /// Notes that the target does not answer any more.
    pub fn lose(&self, why: String) {
        self.worsen(Health::Lost(why));
    }

    /// Notes that the target is broken for the rest of the run.
    pub fn wreck(&self, why: String) {
        self.worsen(Health::Wrecked(why));
    }

    /// The first cause stays: what follows is its consequence.
    fn worsen(&self, health: Health) {
        let mut known = self.lock();
        if *known == Health::Well {
            *known = health;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
