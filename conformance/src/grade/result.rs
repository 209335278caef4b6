//! What came of one target, kept beside its report.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Entry, Judging, What, folders};
use crate::{http::hex::hex, report::whole_file};

/// What came of one target.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Graded {
    /// The target's name.
    pub name: String,
    /// Its place in the whole grading, counted from 0.
    pub place: usize,
    /// A digest of all that the result depends on: the same key needs no second run.
    pub key: String,
    /// What its run ended with; null where it had to be killed.
    pub exit_status: Option<i32>,
    /// How long it took.
    pub seconds: f64,
    /// What the run complained of, if it did.
    pub note: Option<String>,
}

impl Graded {
    /// Where the result of a target is kept.
    fn path(folder: &Path, name: &str) -> PathBuf {
        folder.join(format!("{}.result.json", folders::file_name(name)))
    }

    /// Keeps the result.
    pub(super) fn keep(&self, folder: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        whole_file::write(&Self::path(folder, &self.name), text.as_bytes())
    }

    /// The result of an earlier grading, if it still holds.
    pub(super) fn kept(folder: &Path, name: &str, key: &str) -> Option<Self> {
        let text = fs::read_to_string(Self::path(folder, name)).ok()?;
        let graded: Self = serde_json::from_str(&text).ok()?;
        (graded.key == key).then_some(graded)
    }

    /// The file name of the target's reports, without its ending.
    pub fn stem(&self) -> String {
        folders::file_name(&self.name)
    }
}

/// What a result depends on: the target as it is written, the program with its suite, how it
/// judges, and, where the target starts in a copy of its folder, what lies in that folder. A folder
/// that is not copied changes by being judged.
pub(super) fn key(entry: &Entry, judging: &Judging) -> String {
    let written = serde_json::to_string(entry).unwrap_or_default();
    let Judging {
        suite,
        strict,
        unconfined,
        ..
    } = judging;
    let mut digest = Sha256::new();
    digest.update(format!(
        "{suite}/{strict}/{unconfined}/{}/{written}",
        build(judging)
    ));
    if let What::Command {
        folder, copy: true, ..
    } = &entry.what
    {
        folders::content(folder, &mut |bytes| digest.update(bytes));
    }
    hex(&digest.finalize())
}

/// Which build of the program judges: a version says little while it is being worked on.
fn build(judging: &Judging) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let Ok(file) = fs::metadata(&judging.program) else {
        return version.to_owned();
    };
    let built = file.modified().ok();
    let built = built.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let seconds = built.map_or(0, |time| time.as_secs());
    format!("{version}/{}/{seconds}", file.len())
}
