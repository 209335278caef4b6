//! What a whole tree of processes takes, which no kernel bounds without being told to.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::{Limits, MEBIBYTE};

/// A bound that a command has gone beyond, with what the bound is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::target) enum Excess {
    Memory(u64),
    Processes(usize),
    Disk(u64),
    Output(u64),
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory(most) => write!(f, "it took more than {most} MiB of memory"),
            Self::Processes(most) => write!(f, "it had more than {most} processes"),
            Self::Disk(most) => write!(f, "it wrote more than {most} MiB"),
            Self::Output(most) => write!(f, "it printed more than {most} MiB"),
        }
    }
}

impl Limits {
    /// What processes with these ids and so much output have gone beyond, if anything.
    pub(in crate::target) fn exceeded_by(&self, ids: &[i32], printed: u64) -> Option<Excess> {
        let resident: u64 = ids.iter().filter_map(|id| resident(*id)).sum();
        if ids.len() > self.processes {
            Some(Excess::Processes(self.processes))
        } else if resident > self.memory * MEBIBYTE {
            Some(Excess::Memory(self.memory))
        } else if printed > self.output * MEBIBYTE {
            Some(Excess::Output(self.output))
        } else {
            None
        }
    }

    /// Whether folders hold more than they may, beyond what was in them `before`.
    pub(in crate::target) fn disk_exceeded(
        &self,
        folders: &[PathBuf],
        before: u64,
    ) -> Option<Excess> {
        let now: u64 = folders.iter().map(|folder| size(folder)).sum();
        (now.saturating_sub(before) > self.disk * MEBIBYTE).then_some(Excess::Disk(self.disk))
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
