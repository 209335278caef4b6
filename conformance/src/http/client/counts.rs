//! What was sent, and what that costs.

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
    /// Counts a request, once however often it is tried.
    pub(super) fn count(&mut self, request: &Request) {
        self.requests += 1;
        let path = request.path.split('?').next().unwrap_or_default();
        match (&request.method, path) {
            (&Method::POST, "/users") => self.registrations += 1,
            (&Method::POST, "/sessions") => self.logins += 1,
            (&Method::PUT, "/reset_password") => self.updates += 1,
            _ => {}
        }
    }

    /// Requests that make a careful target hash a password.
    pub fn hash_operations(&self) -> u64 {
        self.registrations + self.logins + self.updates
    }
}
