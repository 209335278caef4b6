//! Somebody in a scenario.

use crate::{http::Request, scenario::Account};

/// What the scenario knows of a person.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// Her email.
    pub email: String,
    /// The password that she registered with, or set last.
    pub password: String,
    /// The password that she registered with, where she has set a new one.
    pub first_password: Option<String>,
    /// The password that she had before she set a new one.
    pub old_password: Option<String>,
    /// Whether her account exists as far as the scenario knows.
    pub registered: bool,
    /// Whether the account comes from an earlier scenario.
    pub inherited: bool,
    /// Whether an earlier scenario has set a new password.
    pub updated: bool,
    /// Whether the scenario may leave the account other than it was.
    pub changed: bool,
    /// Her session ids, the latest last.
    pub sessions: Vec<String>,
    /// Whether the latest of them has been ended.
    pub logged_out: bool,
    /// Her reset tokens, the latest last.
    pub tokens: Vec<String>,
}

impl Person {
    /// Somebody whose account exists.
    pub fn with(account: Account) -> Self {
        Self {
            email: account.email,
            password: account.password,
            registered: true,
            inherited: true,
            updated: account.updated,
            sessions: account.session.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The request that registers her.
    pub fn registration(&self) -> Request {
        Request::register(&self.email, &self.password)
    }

    /// The request that logs her in.
    pub fn login(&self) -> Request {
        Request::log_in(&self.email, &self.password)
    }

    /// Her live session, as far as the scenario knows.
    pub fn session(&self) -> Option<&String> {
        self.sessions.last().filter(|_| !self.logged_out)
    }

    /// The account for the next scenario, if this one has left it as it was.
    pub fn into_account(self) -> Option<Account> {
        if !self.registered || self.changed {
            return None;
        }
        let session = self.session().cloned();
        Some(Account {
            updated: self.updated || self.first_password.is_some(),
            email: self.email,
            password: self.password,
            session,
        })
    }
}
