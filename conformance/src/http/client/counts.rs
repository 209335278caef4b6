//! What was sent, and what that costs.

use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::Request;

/// What a run sent. A registration, a login and an update cost a careful target one hash
/// operation each, which is nearly all that a run costs.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Counts {
    /// Requests of any kind.
    pub requests: u64,
    /// `POST /users`.
    pub registrations: u64,
    /// `POST /sessions`.
    pub logins: u64,
    /// `PUT /reset_password`.
    pub updates: u64,
}

impl Counts {
    /// Requests that make a careful target hash a password.
    pub fn hash_operations(&self) -> u64 {
        self.registrations + self.logins + self.updates
    }
}

/// What was sent, by all clients of a run.
#[derive(Debug, Default)]
pub(super) struct Counters {
    requests: AtomicU64,
    registrations: AtomicU64,
    logins: AtomicU64,
    updates: AtomicU64,
}

impl Counters {
    /// Counts a request, once however often it is tried.
    pub(super) fn count(&self, request: &Request) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let path = request.path.split('?').next().unwrap_or_default();
        let counter = match (&request.method, path) {
            (&Method::POST, "/users") => &self.registrations,
            (&Method::POST, "/sessions") => &self.logins,
            (&Method::PUT, "/reset_password") => &self.updates,
            _ => return,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// So far.
    pub(super) fn read(&self) -> Counts {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            requests: read(&self.requests),
            registrations: read(&self.registrations),
            logins: read(&self.logins),
            updates: read(&self.updates),
        }
    }
}
