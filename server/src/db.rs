//! `Db`: the table of users (tasks 1 to 3), kept by redb.
//!
//! Lookups by id, email, session id and reset token go through indexes and cost the same with a
//! million users as with ten. A change is answered when it is on the disk. What must be decided
//! together is decided inside one transaction: that an email is free and its registration, that a
//! token is valid and its use.

mod change;
mod check;
mod engine;
mod error;
mod file;
mod memory;
mod tables;
mod value;
mod writer;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinHandle;

use change::{Change, Refused};
use engine::Engine;
pub use error::{AddError, FindError, OpenError, StoreError, UpdateError};
use file::Verify;
pub use value::Value;
use writer::Writer;

use crate::user::{Attribute, User};

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
#[derive(Clone, Debug)]
pub struct Db {
    engine: Arc<Engine>,
    writer: Writer,
    writing: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Db {
    /// A store that ends with the process, or with its last clone. Needs a tokio runtime with
    /// timers, as every store does, for its writer.
    pub fn in_memory() -> Result<Self, StoreError> {
        Ok(Self::over(Engine::in_memory()?))
    }

    /// The store in a file, created if there is none; `fresh` empties it first.
    pub fn in_file(path: &Path, fresh: bool) -> Result<Self, OpenError> {
        let database = if fresh {
            file::fresh(path)?
        } else {
            file::open_or_create(path, Verify::IfSmall)?
        };
        Ok(Self::over(Engine::in_file(path, database)))
    }

    /// The store in a file, after every byte of it has been verified and every record compared
    /// with the indexes. Takes as long as reading the file twice.
    pub fn in_verified_file(path: &Path) -> Result<Self, OpenError> {
        let database = file::open_or_create(path, Verify::Always)?;
        let db = Self::over(Engine::in_file(path, database));
        db.check().map_err(|error| OpenError::Damaged {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(db)
    }

    fn over(engine: Engine) -> Self {
        let engine = Arc::new(engine);
        let (writer, writing) = Writer::start(Arc::clone(&engine));
        let writing = Arc::new(Mutex::new(Some(writing)));
        Self {
            engine,
            writer,
            writing,
        }
    }

    /// Adds a user (task 1) and returns it, with the next id, counted from 1. Looks at the values
    /// no further than that the email is free.
    pub async fn add_user(&self, email: &str, hashed_password: &str) -> Result<User, AddError> {
        let change = Change::Add {
            email: email.to_owned(),
            hashed_password: hashed_password.to_owned(),
        };
        self.writer
            .make(change)
            .await?
            .map_err(|_| AddError::EmailTaken)
    }

    /// The first user in id order whose attributes have all the values given (task 2). No filter
    /// at all yields the first user. A value of a type that the attribute does not have matches
    /// nobody.
    ///
    /// It does not wait: an index answers in microseconds. Only a search by `hashed_password`
    /// alone, or for users *without* a session or token, reads the table from its start.
    pub fn find_user_by<I, K, V>(&self, filters: I) -> Result<User, FindError>
    where
        I: IntoIterator<Item = (K, V)>,
        K: AsRef<str>,
        V: Into<Value>,
    {
        let filters = value::pairs(filters)?;
        self.read(|tables| tables.find(&filters))?
            .ok_or(FindError::NoResultFound)
    }

    /// Whether the records and the indexes agree. Walks through all of them.
    pub fn check(&self) -> Result<(), StoreError> {
        self.read(check::check)
    }

    /// Reads within one transaction. The engine may panic over a damaged file: the caller gets an
    /// error, and the server goes on for everyone whose record is whole.
    fn read<T>(
        &self,
        look: impl FnOnce(&tables::Readable) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        catch_unwind(AssertUnwindSafe(|| {
            let transaction = self.engine.begin_read()?;
            look(&tables::readable(&transaction)?)
        }))
        .unwrap_or_else(|_| Err(StoreError::Damaged("the storage engine gave up".into())))
    }

    /// Gives the user with that id the values (task 3). All of them or, on any error, none.
    pub async fn update_user<I, K, V>(&self, user_id: u64, values: I) -> Result<(), UpdateError>
    where
        I: IntoIterator<Item = (K, V)>,
        K: AsRef<str>,
        V: Into<Value>,
    {
        self.update_user_where([(Attribute::Id, user_id)], values)
            .await
            .map(drop)
    }

    /// Finds the first user with all the values of `filters` and gives it `values`, as one step
    /// that nothing comes between: of two callers that want to use up the same token, one finds
    /// it. Returns the user as it is then.
    pub async fn update_user_where<I, K, V, J, L, W>(
        &self,
        filters: I,
        values: J,
    ) -> Result<User, UpdateError>
    where
        I: IntoIterator<Item = (K, V)>,
        K: AsRef<str>,
        V: Into<Value>,
        J: IntoIterator<Item = (L, W)>,
        L: AsRef<str>,
        W: Into<Value>,
    {
        let change = Change::Update {
            of: value::pairs(filters)?,
            to: value::pairs(values)?,
        };
        self.writer
            .make(change)
            .await?
            .map_err(|refused| match refused {
                Refused::NoResultFound => UpdateError::NoResultFound,
                Refused::EmailTaken => UpdateError::EmailTaken,
                Refused::InvalidValue(attribute) => UpdateError::InvalidValue(attribute),
            })
    }

    /// Ends the store: waits until all changes asked for are durable and the file is free again.
    /// It needs to be the last clone; another one that still exists is waited for.
    pub async fn close(self) {
        let Self {
            engine,
            writer,
            writing,
        } = self;
        drop((engine, writer));
        let writing = writing
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(writing) = writing {
            // Its only failure is the runtime's own end.
            let _ = writing.await;
        }
    }
}
