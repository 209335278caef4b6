//! What can go wrong in the store, one type an operation.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::user::{Attribute, UnknownAttribute};

/// The store itself failed; the request may have been perfectly good.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Reading or writing failed: a full disk, a damaged file, a lost device.
    #[error("the store failed: {0}")]
    Failed(Arc<redb::Error>),
    /// The records contradict each other or the storage engine gave up on them.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The store has been closed, or its writer has ended.
    #[error("the store is closed")]
    Closed,
}

impl<E: Into<redb::Error>> From<E> for StoreError {
    fn from(error: E) -> Self {
        Self::Failed(Arc::new(error.into()))
    }
}

/// Why [`Db::find_user_by`](super::Db::find_user_by) yields no user (task 2).
#[derive(Clone, Debug, thiserror::Error)]
pub enum FindError {
    /// No user has all the values asked for.
    #[error("no user matches")]
    NoResultFound,
    /// An attribute was asked for that users do not have.
    #[error("invalid request: {0}")]
    InvalidRequest(#[from] UnknownAttribute),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why [`Db::add_user`](super::Db::add_user) adds no user.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AddError {
    /// Another user has the email. Decided in the transaction that would have added it.
    #[error("the email is taken")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why [`Db::update_user`](super::Db::update_user) changes nothing (task 3). Whichever it is,
/// nothing at all has changed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum UpdateError {
    /// No user has that id, or all the values asked for.
    #[error("no user matches")]
    NoResultFound,
    /// An attribute was named that users do not have: the document's `ValueError`.
    #[error(transparent)]
    UnknownAttribute(#[from] UnknownAttribute),
    /// The value does not fit the attribute: nothing where something must be, or another type.
    #[error("`{0}` cannot take that value")]
    InvalidValue(Attribute),
    /// Another user has the email.
    #[error("the email is taken")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FindError> for UpdateError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NoResultFound => Self::NoResultFound,
            FindError::InvalidRequest(unknown) => Self::UnknownAttribute(unknown),
            FindError::Store(error) => Self::Store(error),
        }
    }
}

/// An error of a change, which is either the change's own or the store's.
pub trait Failed: From<StoreError> {
    /// The store's part in it.
    fn store_error(&self) -> Option<&StoreError>;
}

impl Failed for AddError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::EmailTaken => None,
        }
    }
}

impl Failed for UpdateError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

/// Why a file cannot be opened as a store. Its contents are as they were.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process holds the file.
    #[error("{0} is in use by another server; stop that one or choose another file with --db")]
    Locked(PathBuf),
    /// The file is empty, which a store never is.
    #[error("{0} is empty, so whatever it held is lost; --fresh starts anew in it")]
    Empty(PathBuf),
    /// The file is something else.
    #[error("{0} is not a store of this server; nothing was changed in it")]
    NotAStore(PathBuf),
    /// The file was written by a later version of this server.
    #[error("{path} has format {found}, and this server knows format {known}")]
    Format {
        /// The file.
        path: PathBuf,
        /// What it says of itself.
        found: u64,
        /// What this server writes.
        known: u64,
    },
    /// The file was a store and is damaged.
    #[error("{path} is damaged: {reason}; restore a copy, or start anew with --fresh")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The system refused.
    #[error("{path} cannot be {act}: {source}")]
    Denied {
        /// The file.
        path: PathBuf,
        /// What was tried, as a participle.
        act: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl OpenError {
    pub(super) fn damaged(path: &Path, reason: &impl ToString) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }

    pub(super) fn denied(path: &Path, act: &'static str, source: std::io::Error) -> Self {
        Self::Denied {
            path: path.to_owned(),
            act,
            source,
        }
    }
}

/// The engine may panic over a damaged file. Every caller has to get an answer all the same, and
/// the writer has to live on.
pub(super) fn guarded<T>(act: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(act))
        .unwrap_or_else(|_| Err(StoreError::Damaged("the storage engine gave up".into())))
}
