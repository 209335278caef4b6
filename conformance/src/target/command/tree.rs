//! Everything that a command has started: its process group, and on Linux also what has left the
//! group, which is known by a mark in its environment.

use std::collections::BTreeMap;

use rustix::process::{Pid, Signal};

/// The variable that marks a target and all that comes of it.
pub(super) const MARK: &str = "AUTHSPEC_TARGET";

/// A command's processes.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    /// The process group, which is the id of its first process.
    pub(super) group: Pid,
    /// The value of [`MARK`] in its environment.
    pub(super) mark: String,
    /// Whether all that descends from this process belongs to it, whatever it did to hide.
    pub(super) adopts: bool,
}

impl Tree {
    /// Whether a process of it lives.
    pub(super) fn is_alive(&self) -> bool {
        match self.members() {
            Some(members) => !members.is_empty(),
            None => rustix::process::test_kill_process_group(self.group).is_ok(),
        }
    }

    /// Sends a signal to all of it. A process that is gone already is none the worse.
    pub(super) fn signal(&self, signal: Signal) {
        let _ = rustix::process::kill_process_group(self.group, signal);
        for (pid, in_group) in self.members().unwrap_or_default() {
            if !in_group {
                let _ = rustix::process::kill_process(pid, signal);
            }
        }
    }

    /// All living processes and whether each is in the group; `None` where the system does not
    /// tell. Processes that have ended and wait for somebody to ask are not among them: where
    /// nobody ever asks, as in many containers, they would be waited for in vain.
    fn members(&self) -> Option<Vec<(Pid, bool)>> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        let mark = format!("{MARK}={}", self.mark);
        let (mut members, mut parents) = (Vec::new(), BTreeMap::new());
        for entry in std::fs::read_dir("/proc").ok()?.flatten() {
            let name = entry.file_name();
            let Some(pid) = name
                .to_str()
                .and_then(|name| name.parse().ok())
                .and_then(Pid::from_raw)
            else {
                continue;
            };
            let Some((state, parent, group)) = state_parent_and_group(&entry.path().join("stat"))
            else {
                continue;
            };
            parents.insert(pid.as_raw_nonzero().get(), parent);
            if matches!(state, 'Z' | 'X') {
                continue;
            }
            let in_group = group == self.group.as_raw_nonzero().get();
            let marked = || {
                std::fs::read(entry.path().join("environ")).is_ok_and(|environment| {
                    environment
                        .split(|byte| *byte == 0)
                        .any(|variable| variable == mark.as_bytes())
                })
            };
            if in_group || self.adopts || marked() {
                members.push((pid, in_group));
            }
        }
        if self.adopts {
            members.retain(|(pid, in_group)| *in_group || descends(*pid, &parents));
        }
        Some(members)
    }

    /// The ids of all living processes.
    pub(super) fn ids(&self) -> Vec<i32> {
        let members = self.members().unwrap_or_default();
        members
            .into_iter()
            .map(|(pid, _)| pid.as_raw_nonzero().get())
            .collect()
    }
}

/// Whether a process comes of this one, which adopts what its parents leave behind.
fn descends(pid: Pid, parents: &BTreeMap<i32, i32>) -> bool {
    let own = i32::try_from(std::process::id()).unwrap_or_default();
    let mut at = pid.as_raw_nonzero().get();
    // A chain cannot be longer than there are processes.
    for _ in 0..=parents.len() {
        match parents.get(&at) {
            Some(parent) if *parent == own => return true,
            Some(parent) => at = *parent,
            None => return false,
        }
    }
    false
}

/// The state, the parent and the process group in a `/proc/PID/stat`. The name before them is in
/// brackets and may hold anything, brackets and blanks included.
fn state_parent_and_group(path: &std::path::Path) -> Option<(char, i32, i32)> {
    let stat = std::fs::read(path).ok()?;
    let after_name = stat.iter().rposition(|byte| *byte == b')')?;
    let text = std::str::from_utf8(&stat[after_name + 1..]).ok()?;
    let mut fields = text.split_ascii_whitespace();
    let state = fields.next()?.chars().next()?;
    let parent = fields.next()?.parse().ok()?;
    let group = fields.next()?.parse().ok()?;
    Some((state, parent, group))
}
