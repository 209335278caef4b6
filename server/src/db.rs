//! `Db`: the table of users (tasks 1 to 3), kept by redb.
//!
//! Lookups by id, email, session id and reset token go through indexes and cost the same with a
//! million users as with ten. A change is answered when it is on the disk. What must be decided
//! together is decided inside one transaction: that an email is free and its registration, that a
//! token is valid and its use.

mod check;
mod error;
mod file;
mod overlay;
mod tables;
mod transaction;
mod value;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use redb::{Builder, Database};
use tokio::sync::watch;

use error::guarded;
pub use error::{AddError, Failed, FindError, OpenError, StoreError, UpdateError};
use file::Verify;
use tables::{Readable, set_up};
pub use transaction::Transaction;
pub use value::{Arguments, Value};
use writer::{Snapshot, Writer};

use crate::user::User;

/// What the engine may keep in memory of a store that is in memory already, in bytes.
const MEMORY_CACHE: usize = 64 << 10;

/// The store of users. Clones share it.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use authspec_server::Db;
///
/// let db = Db::in_memory()?;
/// let user = db.add_user("test@test.com", "PwdHashed").await?;
/// assert_eq!(db.find_user_by([("email", "test@test.com")])?.id, user.id);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Db {
    snapshot: Arc<Snapshot>,
    writer: Writer,
    ended: watch::Receiver<()>,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").finish_non_exhaustive()
    }
}

impl Db {
    /// A store that ends with the process, or with its last clone.
    pub fn in_memory() -> Result<Self, StoreError> {
        let database = Builder::new()
            .set_cache_size(MEMORY_CACHE)
            .create_with_backend(redb::backends::InMemoryBackend::new())?;
        set_up(&database, false)?;
        Self::over(database, None)
    }

    /// The store in a file, created if there is none; `fresh` empties it first.
    pub fn in_file(path: &Path, fresh: bool) -> Result<Self, OpenError> {
        let database = if fresh {
            file::fresh(path)?
        } else {
            file::open_or_create(path, Verify::IfSmall)?
        };
        Self::over_file(database, path)
    }

    /// The store in a file, after every byte of it has been verified and every record compared
    /// with the indexes. Takes as long as reading the file twice.
    pub fn in_verified_file(path: &Path) -> Result<Self, OpenError> {
        let database = file::open_or_create(path, Verify::Always)?;
        let db = Self::over_file(database, path)?;
        db.check()
            .map_err(|error| OpenError::damaged(path, &error))?;
        Ok(db)
    }

    fn over_file(database: Database, path: &Path) -> Result<Self, OpenError> {
        Self::over(database, Some(path.to_owned()))
            .map_err(|error| OpenError::damaged(path, &error))
    }

    fn over(database: Database, path: Option<PathBuf>) -> Result<Self, StoreError> {
        let snapshot = Arc::new(Snapshot::default());
        let (writer, ended) = Writer::start(database, path, Arc::clone(&snapshot))?;
        Ok(Self {
            snapshot,
            writer,
            ended,
        })
    }

    /// Adds a user (task 1) and returns it, with the next id, counted from 1. Looks at the values
    /// no further than that the email is free.
    pub async fn add_user(&self, email: &str, hashed_password: &str) -> Result<User, AddError> {
        let (email, hashed_password) = (email.to_owned(), hashed_password.to_owned());
        self.transaction(move |users| users.add_user(&email, &hashed_password))
            .await
    }

    /// The first user in id order whose attributes have all the values given (task 2). No filter
    /// at all yields the first user. A value of a type that the attribute does not have matches
    /// nobody.
    ///
    /// It does not wait: an index answers in microseconds. Only a search by `hashed_password`
    /// alone, or for users *without* a session or token, reads the table from its start.
    pub fn find_user_by<'v>(&self, filters: impl Arguments<'v>) -> Result<User, FindError> {
        let filters = filters.pairs()?;
        self.read(|tables| tables.find(&filters))?
            .ok_or(FindError::NoResultFound)
    }

    /// Gives the user with that id the values (task 3). All of them or, on any error, none.
    pub async fn update_user<'v>(
        &self,
        user_id: u64,
        values: impl Arguments<'v>,
    ) -> Result<(), UpdateError> {
        let owned = |(attribute, value): (_, Value<'_>)| (attribute, value.into_owned());
        let values: Vec<_> = values.pairs()?.into_iter().map(owned).collect();
        self.transaction(move |users| users.update_user(user_id, values.clone()))
            .await
    }

    /// Makes one change out of looks and changes, with nobody else's between: of two callers that
    /// want to use up the same token, one finds it. It may be made again from its start, when
    /// another change in its commit failed.
    pub async fn transaction<T, E, A>(&self, act: A) -> Result<T, E>
    where
        A: FnMut(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Failed + Send + 'static,
    {
        self.writer.make(act).await
    }

    /// Whether the records and the indexes agree. Walks through all of them.
    pub fn check(&self) -> Result<(), StoreError> {
        self.read(check::check)
    }

    /// Reads what has been committed. A damaged record is its reader's error.
    fn read<T>(
        &self,
        look: impl FnOnce(&Readable) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let tables = self.snapshot.get().ok_or(StoreError::Closed)?;
        guarded(|| look(&tables))
    }

    /// Ends the store: waits until all changes asked for are durable and the file is free again.
    /// It needs to be the last clone; another one that still exists is waited for.
    pub async fn close(self) {
        let Self {
            mut ended, writer, ..
        } = self;
        drop(writer);
        while ended.changed().await.is_ok() {}
    }
}
