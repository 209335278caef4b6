//! What came of one target, kept beside its report.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Entry, folders};
use crate::{hex::hex, whole_file};

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
    pub(super) fn kept(folder: &Path, entry: &Entry, key: &str) -> Option<Self> {
        let text = fs::read_to_string(Self::path(folder, &entry.name)).ok()?;
        let graded: Self = serde_json::from_str(&text).ok()?;
        (graded.key == key).then_some(graded)
    }

    /// All results that a folder holds, in the order of the grading.
    pub(super) fn all(folder: &Path) -> io::Result<Vec<Self>> {
        let mut all = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_result = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().ends_with(".result.json"));
            if is_result {
                let graded = serde_json::from_str(&fs::read_to_string(&path)?)
                    .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
                all.push(graded);
            }
        }
        all.sort_by(|one: &Self, other| (one.place, &one.name).cmp(&(other.place, &other.name)));
        Ok(all)
    }

    /// The file name of the target's reports, without its ending.
    pub fn stem(&self) -> String {
        folders::file_name(&self.name)
    }
}

/// What a result depends on: the target as it is written, the suite, and how it is judged.
pub(super) fn key(entry: &Entry, suite: &str, strict: bool) -> String {
    let written = serde_json::to_string(entry).unwrap_or_default();
    let digest = Sha256::digest(format!("{suite}/{strict}/{written}"));
    hex(&digest)
}
