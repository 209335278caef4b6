//! What a whole tree of processes takes, which no kernel bounds without being told to.

use std::path::{Path, PathBuf};

use super::{Limits, MEBIBYTE};

impl Limits {
    /// What processes with these ids and so much output have gone beyond, in words, if anything.
    pub(in crate::target) fn exceeded_by(&self, ids: &[i32], printed: u64) -> Option<String> {
        let resident: u64 = ids.iter().filter_map(|id| resident(*id)).sum();
        if ids.len() > self.processes {
            Some(format!("it had more than {} processes", self.processes))
        } else if resident > self.memory * MEBIBYTE {
            Some(format!("it took more than {} MiB of memory", self.memory))
        } else if printed > self.output * MEBIBYTE {
            Some(format!("it printed more than {} MiB", self.output))
        } else {
            None
        }
    }

    /// The same where folders hold more than they may, beyond what was in them `before`.
    pub(in crate::target) fn disk_exceeded(
        &self,
        folders: &[PathBuf],
        before: u64,
    ) -> Option<String> {
        let now: u64 = folders.iter().map(|folder| size(folder)).sum();
        let is_exceeded = now.saturating_sub(before) > self.disk * MEBIBYTE;
        is_exceeded.then(|| format!("it wrote more than {} MiB", self.disk))
    }
}

/// Bytes of memory that a process has to itself or shares.
fn resident(id: i32) -> Option<u64> {
    let statm = std::fs::read_to_string(format!("/proc/{id}/statm")).ok()?;
    let pages: u64 = statm.split_ascii_whitespace().nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

/// Bytes in a folder and all below it. Links are not followed: what they name is another's.
pub(in crate::target) fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some(if metadata.is_dir() {
                size(&entry.path())
            } else {
                metadata.len()
            })
        })
        .sum()
}
