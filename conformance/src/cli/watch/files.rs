//! The files that a person may have changed: all but what git ignores.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::SystemTime,
};

use ignore::WalkBuilder;

/// What tells one state of a file from another.
type Signature = (Option<SystemTime>, u64);

/// All files of a folder at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    signatures: BTreeMap<PathBuf, Signature>,
    /// The folders that they are in.
    pub(super) folders: Vec<PathBuf>,
}

impl Files {
    /// Looks through a folder.
    pub(super) fn of(root: &Path) -> Self {
        let mut files = Self::default();
        let all = WalkBuilder::new(root)
            .hidden(false)
            .require_git(false)
            .filter_entry(|entry| entry.file_name() != ".git")
            .build();
        for entry in all.flatten() {
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            if metadata.is_dir() {
                files.folders.push(entry.into_path());
            } else if !is_by_product(entry.path()) {
                let signature = (metadata.modified().ok(), metadata.len());
                files.signatures.insert(entry.into_path(), signature);
            }
        }
        files
    }

    /// What is new, gone or not as it was.
    pub(super) fn changed_since(&self, before: &Self) -> Vec<PathBuf> {
        let differs = |path: &&PathBuf| self.signatures.get(*path) != before.signatures.get(*path);
        let gone = before.signatures.keys();
        let gone = gone.filter(|path| !self.signatures.contains_key(*path));
        self.signatures
            .keys()
            .filter(differs)
            .chain(gone)
            .cloned()
            .collect()
    }
}

/// What programs and editors leave beside what people write, whether or not git was told.
fn is_by_product(path: &Path) -> bool {
    const ENDINGS: [&str; 12] = [
        "pyc",
        "pyo",
        "log",
        "pid",
        "db",
        "db-journal",
        "db-wal",
        "db-shm",
        "sqlite",
        "sqlite3",
        "swp",
        "tmp",
    ];
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_backup = path
        .file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.ends_with('~') || name.starts_with(".#") || name == "4913");
    let is_installed = path.components().any(|part| {
        let part = part.as_os_str();
        part == "__pycache__" || part == "node_modules"
    });
    is_backup || is_installed || ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_written_deleted_and_made_is_a_change_and_what_git_ignores_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at(".gitignore"), "instance/\n*.cache\n").unwrap();
        fs::create_dir(at("instance")).unwrap();
        fs::create_dir(at("app")).unwrap();
        for name in ["app/main.py", "app/old.py", "app/x.cache", "instance/data"] {
            fs::write(at(name), "1").unwrap();
        }
        let before = Files::of(folder.path());
        assert!(before.folders.contains(&at("app")));
        assert!(!before.folders.contains(&at("instance")));
        fs::write(at("app/main.py"), "22").unwrap();
        fs::write(at("app/new.py"), "1").unwrap();
        fs::remove_file(at("app/old.py")).unwrap();
        for name in [
            "app/x.cache",
            "instance/data",
            "a.db",
            "server.log",
            "app/main.py~",
        ] {
            fs::write(at(name), "333").unwrap();
        }
        let changed = Files::of(folder.path()).changed_since(&before);
        assert_eq!(
            changed,
            [at("app/main.py"), at("app/new.py"), at("app/old.py")]
        );
    }
}
