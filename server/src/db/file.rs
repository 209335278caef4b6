//! Files: created whole or not at all, opened only when they are what they should be.
//!
//! The rules, in the order of what they protect: a store that holds users is never taken for an
//! empty one; somebody else's file is never written to; a new file is its owner's alone.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use redb::backends::FileBackend;
use redb::{Database, DatabaseError, ReadableDatabase, StorageError};

use super::engine::{file_builder, set_up};
use super::error::{OpenError, StoreError};
use super::tables;

/// How every redb file begins.
const MAGIC: [u8; 9] = *b"redb\x1A\x0A\xA9\x0D\x0A";

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
    let denied = |act| move |source| denied(path, act, source);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .map_err(denied("opened"))?;
    let about = file.metadata().map_err(denied("opened"))?;
    if !about.is_file() {
        return Err(OpenError::NotAStore(path.to_owned()));
    }
    if about.len() == 0 {
        return Err(OpenError::Empty(path.to_owned()));
    }
    if !is_redb(&mut file).map_err(denied("read"))? {
        return Err(OpenError::NotAStore(path.to_owned()));
    }
    if about.permissions().mode() & 0o077 != 0 {
        tracing::warn!(path = %path.display(), "others than its owner may read the store");
    }
    let database = guarded(path, || {
        file_builder()
            .set_check_integrity_on_open(verify == Verify::Always || about.len() <= VERIFIED_UP_TO)
            .create_with_backend(FileBackend::new(file)?)
    })?;
    check_format(path, &database)?;
    Ok(database)
}

/// Makes a new store. It is built beside its place and then linked into it, so that no kill and no
/// full disk leaves half a store there, and no second server's new store is replaced.
fn create(path: &Path) -> Result<Database, OpenError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".new-{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let removed = RemoveOnDrop(&beside);
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .map_err(|source| denied(path, "created", source))?;
    let database = guarded(path, || {
        file_builder().create_with_backend(FileBackend::new(file)?)
    })?;
    set_up(&database, true).map_err(|error| from_store(path, error))?;
    std::fs::hard_link(&beside, path).map_err(|source| denied(path, "created", source))?;
    drop(removed);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| denied(path, "created", source))?;
    Ok(database)
}

/// Empties the store in a file, or makes a new one. Refuses to empty what is no store, or in use.
pub(super) fn fresh(path: &Path) -> Result<Database, OpenError> {
    let denied = |act| move |source| denied(path, act, source);
    let mut file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return create(path),
        result => result.map_err(denied("opened"))?,
    };
    let about = file.metadata().map_err(denied("opened"))?;
    if !about.is_file() || about.len() > 0 && !is_redb(&mut file).map_err(denied("read"))? {
        return Err(OpenError::NotAStore(path.to_owned()));
    }
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(OpenError::Locked(path.to_owned())),
        Err(TryLockError::Error(source)) => return Err(denied("locked")(source)),
    }
    file.set_len(0).map_err(denied("emptied"))?;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
        .map_err(denied("emptied"))?;
    let database = guarded(path, || {
        file_builder().create_with_backend(FileBackend::new(file)?)
    })?;
    set_up(&database, true).map_err(|error| from_store(path, error))?;
    Ok(database)
}

fn is_redb(file: &mut File) -> io::Result<bool> {
    let mut start = [0; MAGIC.len()];
    match file.read_exact(&mut start) {
        Ok(()) => Ok(start == MAGIC),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// A redb database that somebody else made is none of ours.
fn check_format(path: &Path, database: &Database) -> Result<(), OpenError> {
    let format = catch_unwind(AssertUnwindSafe(|| {
        let transaction = database.begin_read()?;
        let format = tables::marked(&transaction)?;
        if format.is_some() {
            tables::readable(&transaction)?;
        }
        Ok::<_, StoreError>(format)
    }))
    .unwrap_or_else(|_| Err(StoreError::Damaged("its tables cannot be read".into())))
    .map_err(|error| from_store(path, error))?;
    match format {
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
fn guarded(
    path: &Path,
    open: impl FnOnce() -> Result<Database, DatabaseError>,
) -> Result<Database, OpenError> {
    match catch_unwind(AssertUnwindSafe(open)) {
        Ok(Ok(database)) => Ok(database),
        Ok(Err(DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch)) => {
            Err(OpenError::Locked(path.to_owned()))
        }
        Ok(Err(DatabaseError::Storage(StorageError::Io(source))))
            if source.kind() != ErrorKind::UnexpectedEof
                && source.kind() != ErrorKind::InvalidData =>
        {
            Err(denied(path, "opened", source))
        }
        Ok(Err(error)) => Err(damaged(path, error.to_string())),
        Err(_) => Err(damaged(path, "the storage engine gave up on it".into())),
    }
}

fn from_store(path: &Path, error: StoreError) -> OpenError {
    match error {
        StoreError::Failed(inner) => match &*inner {
            redb::Error::Io(source) => denied(
                path,
                "written",
                io::Error::new(source.kind(), source.to_string()),
            ),
            other => damaged(path, other.to_string()),
        },
        other => damaged(path, other.to_string()),
    }
}

fn denied(path: &Path, act: &'static str, source: io::Error) -> OpenError {
    OpenError::Denied {
        path: path.to_owned(),
        act,
        source,
    }
}

fn damaged(path: &Path, reason: String) -> OpenError {
    OpenError::Damaged {
        path: path.to_owned(),
        reason,
    }
}

/// Removes the file that a new store was built in, whether or not it has another name by then.
struct RemoveOnDrop<'a>(&'a Path);

impl Drop for RemoveOnDrop<'_> {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(self.0);
    }
}
