//! The storage engine underneath: one redb database, in memory or in a file, and its second
//! opening after the disk failed.

use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use redb::{Builder, Database, ReadTransaction, ReadableDatabase, WriteTransaction};

use super::error::StoreError;
use super::file::{self, Verify};
use super::memory::Memory;
use super::tables;

/// What the engine may keep in memory of a file, in bytes.
const FILE_CACHE: usize = 64 << 20;
/// The same of a store that is in memory already.
const MEMORY_CACHE: usize = 64 << 10;

/// An open database.
#[derive(Debug)]
pub(super) struct Engine {
    /// `None` only after the disk failed and until the file could be opened again.
    database: RwLock<Option<Database>>,
    /// Where it is kept; `None` in memory.
    path: Option<PathBuf>,
}

impl Engine {
    /// A new database in memory.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let database = Builder::new()
            .set_cache_size(MEMORY_CACHE)
            .create_with_backend(Memory::default())?;
        set_up(&database, false)?;
        Ok(Self {
            database: RwLock::new(Some(database)),
            path: None,
        })
    }

    /// A database that has been opened from that file.
    pub(super) fn in_file(path: &Path, database: Database) -> Self {
        Self {
            database: RwLock::new(Some(database)),
            path: Some(path.to_owned()),
        }
    }

    /// Begins a transaction that sees every change committed so far.
    pub(super) fn begin_read(&self) -> Result<ReadTransaction, StoreError> {
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner);
        let database = database.as_ref().ok_or(StoreError::Closed)?;
        Ok(database.begin_read()?)
    }

    /// Begins the one transaction that may write.
    pub(super) fn begin_write(&self) -> Result<WriteTransaction, StoreError> {
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner);
        let database = database.as_ref().ok_or(StoreError::Closed)?;
        let mut transaction = database.begin_write()?;
        // After a kill the file is open again within a millisecond, at any size; a store in memory
        // dies with its process and need not pay for it.
        transaction.set_quick_repair(self.path.is_some());
        Ok(transaction)
    }

    /// Whether the database is there: not so only after a failure that [`recover`](Self::recover)
    /// could not mend.
    pub(super) fn is_open(&self) -> bool {
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner);
        database.is_some()
    }

    /// Opens the file again after a failure. redb trusts nothing after an error of the disk, and
    /// rightly, but a disk that was full may have room again: the file holds exactly what was
    /// committed, so the store goes on from there.
    pub(super) fn recover(&self) {
        let Some(path) = &self.path else { return };
        let mut database = self
            .database
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *database = None;
        match file::open(path, Verify::IfSmall) {
            Ok(opened) => *database = Some(opened),
            // A read that is under way still holds the file; the next try will find it free.
            Err(error) => tracing::error!(%error, "the store cannot be opened again yet"),
        }
    }
}

/// The builder of every file's database.
pub(super) fn file_builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(FILE_CACHE);
    builder
}

/// Gives a new database its tables and its mark.
pub(super) fn set_up(database: &Database, quick_repair: bool) -> Result<(), StoreError> {
    let mut transaction = database.begin_write()?;
    transaction.set_quick_repair(quick_repair);
    tables::writable(&transaction)?;
    tables::mark(&transaction)?;
    transaction.commit()?;
    Ok(())
}
