//! What was sent, and what that costs.

use serde::{Deserialize, Serialize};

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
