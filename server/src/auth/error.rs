//! What the methods of `Auth` may answer with instead of a result.

use crate::db::{OpenError, StoreError};
use crate::network::hash_pool::HashError;

/// The service could not do its work, through no fault of the request.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Unavailable {
    /// Too many passwords wait to be hashed. Nothing was changed; worth another try in a moment.
    #[error("too many requests at once")]
    Busy,
    /// Hashing failed, or the store contradicts itself.
    #[error("{0}")]
    Broken(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<HashError> for Unavailable {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Failed(reason) => Self::Broken(reason),
        }
    }
}

/// A value that this service does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unacceptable {
    /// No email.
    #[error("an email has something in it")]
    NoEmail,
    /// No password.
    #[error("a password has something in it")]
    NoPassword,
    /// An email that its column cannot hold (task 0).
    #[error("an email has at most 250 characters")]
    LongEmail,
    /// An email with a line break or another control character in it.
    #[error("an email has no control characters")]
    ControlInEmail,
    /// A password that bcrypt would cut: the rest of it would not count.
    #[error("a password has at most 72 bytes in UTF-8")]
    LongPassword,
    /// A password that bcrypt reads in part: `a` and `a\0a` have the same hashes.
    #[error("a password has no NUL character")]
    NulInPassword,
}

/// Why nobody was registered (task 5).
#[derive(Clone, Debug, thiserror::Error)]
pub enum RegisterError {
    /// The email is taken; the text is the document's.
    #[error("User {0} already exists")]
    UserExists(String),
    /// The email or the password cannot be used.
    #[error(transparent)]
    Unacceptable(#[from] Unacceptable),
    /// The service could not do its work.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Why there is no reset token (task 16).
#[derive(Clone, Debug, thiserror::Error)]
pub enum ResetError {
    /// Nobody has the email: the document's `ValueError`.
    #[error("no user has that email")]
    UnknownEmail,
    /// The service could not do its work.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Why no password was changed (task 18).
#[derive(Clone, Debug, thiserror::Error)]
pub enum UpdatePasswordError {
    /// Nobody has the token, or not any more: the document's `ValueError`.
    #[error("the reset token is not valid")]
    InvalidToken,
    /// The new password cannot be used.
    #[error(transparent)]
    Unacceptable(#[from] Unacceptable),
    /// The service could not do its work.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Why the service cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum OpenAuthError {
    /// Its file cannot be opened as a store.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Its store in memory cannot be set up.
    #[error(transparent)]
    Store(#[from] StoreError),
}
