//! Accounts that scenarios hand on. A hash operation is the cost of a run, so an account that a
//! scenario has left alone serves the next one, its session included. Only one scenario holds an
//! account at a time, and one that failed hands nothing on.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A registered user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    /// The email, as registered.
    pub email: String,
    /// The password that logs in.
    pub password: String,
    /// The session of the last login, unless it has ended.
    pub session: Option<String>,
    /// Whether its password is no longer the one that it was registered with.
    pub updated: bool,
}

/// What an account is wanted for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wanted {
    /// Anything that leaves it as it is.
    Any,
    /// Something that begins with a live session.
    WithSession,
    /// Something that begins without one.
    WithoutSession,
}

/// The accounts that nobody holds.
#[derive(Debug, Default)]
pub struct Accounts(Mutex<Vec<Account>>);

impl Accounts {
    /// Takes an account that fits best, if there is one that fits at all.
    pub fn take(&self, wanted: Wanted) -> Option<Account> {
        let mut free = self.lock();
        // What a registration led to shows on an account that is as it was registered.
        let first = |session: bool, updated: bool| {
            free.iter().position(|account| {
                account.session.is_some() == session && account.updated == updated
            })
        };
        let with = first(true, false).or(first(true, true));
        let without = first(false, false).or(first(false, true));
        let index = match wanted {
            Wanted::Any => first(true, false)
                .or(first(false, false))
                .or(with)
                .or(without),
            Wanted::WithSession => with.or(without),
            Wanted::WithoutSession => without,
        }?;
        Some(free.remove(index))
    }

    /// The session of an account that nobody holds, where there is one.
    pub fn a_session(&self) -> Option<String> {
        self.lock()
            .iter()
            .find_map(|account| account.session.clone())
    }

    /// Hands an account on.
    pub fn give(&self, account: Account) {
        self.lock().push(account);
    }

    /// Keeps an account from being handed on, because its password is no longer what it was.
    pub fn forget(&self, email: &str) {
        self.lock().retain(|account| account.email != email);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Account>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Account, Accounts, Wanted};

    fn account(email: &str, session: Option<&str>) -> Account {
        Account {
            email: email.to_owned(),
            password: "x".to_owned(),
            session: session.map(str::to_owned),
            updated: false,
        }
    }

    #[test]
    fn the_account_that_fits_best_is_taken_and_only_once() {
        let accounts = Accounts::default();
        accounts.give(account("without", None));
        accounts.give(account("with", Some("s")));
        assert_eq!(accounts.take(Wanted::WithSession).unwrap().email, "with");
        assert_eq!(accounts.take(Wanted::WithSession).unwrap().email, "without");
        assert_eq!(accounts.take(Wanted::Any), None);
        accounts.give(account("with", Some("s")));
        assert_eq!(accounts.take(Wanted::WithoutSession), None);
    }
}
