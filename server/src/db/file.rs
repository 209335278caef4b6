//! Files: created whole or not at all, opened only when they are what they should be.
//!
//! The rules, in the order of what they protect: a store that holds users is never taken for an
//! empty one; somebody else's file is never written to; a new file is its owner's alone.

use std::fs::{File, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use redb::backends::FileBackend;
use redb::{Builder, Database, DatabaseError, ReadableDatabase, StorageBackend, StorageError};
use tempfile::NamedTempFile;

use super::error::{OpenError, StoreError, guarded};
use super::overlay::Overlay;
use super::tables;

/// How every redb file begins.
const MAGIC: [u8; 9] = *b"redb\x1A\x0A\xA9\x0D\x0A";

/// What the engine may keep in memory of a file, in bytes.
const CACHE: usize = 64 << 20;

/// Up to this size, in bytes, a file counts as small. A larger one takes as long to verify as to
/// read, and a killed server is to be back at once.
const VERIFIED_UP_TO: u64 = 8 << 20;

/// Whether every page of a file is compared with its checksum when the file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verify {
    /// If that takes no more than a few milliseconds.
    IfSmall,
    /// However long it takes.
    Always,
}

/// Opens the store in a file, or makes a new one where there is no file.
pub(super) fn open_or_create(path: &Path, verify: Verify) -> Result<Database, OpenError> {
    match open(path, verify) {
        Err(OpenError::Denied { source, .. }) if source.kind() == ErrorKind::NotFound => {
            create(path)
        }
        result => result,
    }
}

/// Opens the store in a file that exists.
pub(super) fn open(path: &Path, verify: Verify) -> Result<Database, OpenError> {
    inspect(path)?;
    let file = open_to_write(path)?;
    let about = file
        .metadata()
        .map_err(|source| OpenError::denied(path, "opened", source))?;
    if about.permissions().mode() & 0o077 != 0 {
        tracing::warn!(path = %path.display(), "others than its owner may read the store");
    }
    let verified = verify == Verify::Always || about.len() <= VERIFIED_UP_TO;
    let database = database(path, verified, || FileBackend::new(file))?;
    check_format(path, &database)?;
    Ok(database)
}

/// Makes a new store. It is built beside its place and then given its name, so that no kill and no
/// full disk leaves half a store there, and no second server's new store is replaced.
fn create(path: &Path) -> Result<Database, OpenError> {
    let denied = |source| OpenError::denied(path, "created", source);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let entries = File::open(folder).map_err(denied)?;
    let beside = NamedTempFile::new_in(folder).map_err(denied)?;
    let file = beside.reopen().map_err(denied)?;
    let database = set_up(path, file)?;
    beside
        .persist_noclobber(path)
        .map_err(|error| denied(error.error))?;
    entries.sync_all().map_err(denied)?;
    Ok(database)
}

/// Empties the store in a file, or makes a new one. Refuses to empty what is no store, or in use;
/// a damaged store may be emptied.
pub(super) fn fresh(path: &Path) -> Result<Database, OpenError> {
    match inspect(path) {
        Err(OpenError::Denied { source, .. }) if source.kind() == ErrorKind::NotFound => {
            return create(path);
        }
        Ok(())
        | Err(OpenError::Empty(_) | OpenError::Damaged { .. } | OpenError::Format { .. }) => {}
        Err(error) => return Err(error),
    }
    let file = open_to_write(path)?;
    lock(path, &file)?;
    file.set_len(0)
        .and_then(|()| file.set_permissions(Permissions::from_mode(0o600)))
        .map_err(|source| OpenError::denied(path, "emptied", source))?;
    set_up(path, file)
}

/// Looks whether the file is a store of this server's, without writing a byte to it: redb repairs
/// what it opens, and so would change the file of another program that was killed.
fn inspect(path: &Path) -> Result<(), OpenError> {
    let denied = |source| OpenError::denied(path, "opened", source);
    let about = std::fs::metadata(path).map_err(denied)?;
    // Opening a pipe would wait for somebody at its other end.
    if !about.is_file() {
        return Err(OpenError::NotAStore(path.to_owned()));
    }
    if about.len() == 0 {
        return Err(OpenError::Empty(path.to_owned()));
    }
    let mut file = File::open(path).map_err(denied)?;
    let mut start = [0; MAGIC.len()];
    if file.read_exact(&mut start).is_err() || start != MAGIC {
        return Err(OpenError::NotAStore(path.to_owned()));
    }
    lock(path, &file)?;
    let database = database(path, false, || {
        Ok(Overlay::over(file).map_err(StorageError::Io)?)
    })?;
    check_format(path, &database)
}

/// The file is this server's alone, until it is closed.
fn lock(path: &Path, file: &File) -> Result<(), OpenError> {
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => OpenError::Locked(path.to_owned()),
        TryLockError::Error(source) => OpenError::denied(path, "locked", source),
    })
}

fn open_to_write(path: &Path) -> Result<File, OpenError> {
    let opened = OpenOptions::new().read(true).write(true).open(path);
    opened.map_err(|source| OpenError::denied(path, "opened", source))
}

/// A new database in an empty file, with its tables.
fn set_up(path: &Path, file: File) -> Result<Database, OpenError> {
    let database = database(path, false, || FileBackend::new(file))?;
    tables::set_up(&database, true).map_err(|error| from_store(path, &error))?;
    Ok(database)
}

/// A redb database that somebody else made is none of ours.
fn check_format(path: &Path, database: &Database) -> Result<(), OpenError> {
    let format = guarded(|| {
        let transaction = database.begin_read()?;
        let format = tables::marked(&transaction)?;
        if format.is_some() {
            tables::readable(&transaction)?;
        }
        Ok(format)
    });
    match format.map_err(|error| from_store(path, &error))? {
        Some(tables::FORMAT) => Ok(()),
        Some(found) => Err(OpenError::Format {
            path: path.to_owned(),
            found,
            known: tables::FORMAT,
        }),
        None => Err(OpenError::NotAStore(path.to_owned())),
    }
}

/// Opens with redb, which may panic on a damaged file: that is an error like any other.
fn database<B: StorageBackend>(
    path: &Path,
    verified: bool,
    backend: impl FnOnce() -> Result<B, DatabaseError>,
) -> Result<Database, OpenError> {
    let open = || {
        Builder::new()
            .set_cache_size(CACHE)
            .set_check_integrity_on_open(verified)
            .create_with_backend(backend()?)
    };
    let path = path.to_owned();
    match catch_unwind(AssertUnwindSafe(open)) {
        Ok(Ok(database)) => Ok(database),
        Ok(Err(DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch)) => {
            Err(OpenError::Locked(path))
        }
        Ok(Err(DatabaseError::Storage(StorageError::Io(source))))
            if source.kind() != ErrorKind::UnexpectedEof
                && source.kind() != ErrorKind::InvalidData =>
        {
            Err(OpenError::denied(&path, "opened", source))
        }
        Ok(Err(error)) => Err(OpenError::damaged(&path, &error)),
        Err(_) => Err(OpenError::damaged(
            &path,
            &"the storage engine gave up on it",
        )),
    }
}

fn from_store(path: &Path, error: &StoreError) -> OpenError {
    match error {
        StoreError::Failed(inner) => match &**inner {
            redb::Error::Io(source) => {
                let source = io::Error::new(source.kind(), source.to_string());
                OpenError::denied(path, "written", source)
            }
            other => OpenError::damaged(path, other),
        },
        other => OpenError::damaged(path, other),
    }
}
