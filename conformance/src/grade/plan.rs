//! The targets of a grading: a TOML file, or a pattern of folders.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{Entry, GradeError, Points, What, folders};
use crate::target::confine::Limits;

/// All targets of a grading, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The targets.
    pub entries: Vec<Entry>,
    /// What requirements are worth, where points are given.
    pub points: Option<Points>,
    /// What was written of them: the file's text, or the command and whether folders are copied.
    pub source: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    deadline: Option<String>,
    timeout: Option<String>,
    wait: Option<String>,
    #[serde(default)]
    read: Vec<PathBuf>,
    points: Option<Points>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    target: Vec<TargetTable>,
    #[serde(default)]
    folders: Vec<FoldersTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetTable {
    name: String,
    url: Option<String>,
    base_url: Option<String>,
    command: Option<Vec<String>>,
    folder: Option<PathBuf>,
    #[serde(default)]
    copy: bool,
    #[serde(default)]
    environment: BTreeMap<String, String>,
    deadline: Option<String>,
    timeout: Option<String>,
    wait: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FoldersTable {
    pattern: String,
    command: Vec<String>,
    #[serde(default)]
    copy: bool,
    #[serde(default)]
    environment: BTreeMap<String, String>,
}

/// The time for a whole run where none is given.
const DEADLINE: &str = "5m";

/// The time for one request where none is given.
const TIMEOUT: &str = "10s";

impl Plan {
    /// Reads a TOML file. Paths in it begin at its folder.
    ///
    /// # Errors
    /// When it cannot be read, is not well-formed, or names no target.
    pub fn from_file(path: &Path) -> Result<Self, GradeError> {
        let text = fs::read_to_string(path).map_err(|source| GradeError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let file: File =
            toml::from_str(&text).map_err(|error| malformed(path, error.to_string()))?;
        let here = path.parent().unwrap_or(Path::new(""));
        Self::of(file, here, text, path)
    }

    /// A target for every folder that matches the pattern, each started by the same command.
    ///
    /// # Errors
    /// When the pattern names no folder.
    pub fn from_folders(pattern: &str, words: &[String], copy: bool) -> Result<Self, GradeError> {
        let file = File {
            folders: vec![FoldersTable {
                pattern: pattern.to_owned(),
                command: words.to_vec(),
                copy,
                environment: BTreeMap::new(),
            }],
            ..File::default()
        };
        let source = format!("{words:?} {copy}");
        Self::of(file, Path::new(""), source, Path::new(pattern))
    }

    /// What `file` names, which was written at `place`.
    fn of(file: File, here: &Path, source: String, place: &Path) -> Result<Self, GradeError> {
        let mut entries = Vec::new();
        for table in &file.target {
            entries.push(entry(table, &file, here).map_err(|why| malformed(place, why))?);
        }
        for table in &file.folders {
            let found = folders::matching(here, &table.pattern).map_err(|source| {
                GradeError::Unreadable {
                    path: here.join(&table.pattern),
                    source,
                }
            })?;
            entries.extend(found.into_iter().map(|folder| Entry {
                name: folders::name(&folder),
                what: What::Command {
                    words: table.command.clone(),
                    folder,
                    copy: table.copy,
                    base_url: None,
                    environment: table.environment.clone(),
                },
                ..budgets(&file, here)
            }));
        }
        check(&entries).map_err(|why| malformed(place, why))?;
        if entries.is_empty() {
            return Err(GradeError::Nothing(place.display().to_string()));
        }
        Ok(Self {
            entries,
            points: file.points,
            source,
        })
    }
}

fn malformed(path: &Path, message: String) -> GradeError {
    GradeError::Malformed {
        path: path.to_owned(),
        message,
    }
}

fn check(entries: &[Entry]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = &entry.name;
        if !names.insert(folders::file_name(name)) {
            return Err(format!(
                "two targets are called {name:?}: their reports would overwrite each other"
            ));
        }
        for time in [&entry.deadline, &entry.timeout]
            .into_iter()
            .chain(&entry.wait)
        {
            humantime::parse_duration(time).map_err(|error| {
                format!("{time:?} of {name}: {error}; durations read 500ms, 10s, 2m")
            })?;
        }
    }
    Ok(())
}

fn budgets(file: &File, here: &Path) -> Entry {
    Entry {
        name: String::new(),
        what: What::Url(String::new()),
        deadline: file.deadline.clone().unwrap_or_else(|| DEADLINE.to_owned()),
        timeout: file.timeout.clone().unwrap_or_else(|| TIMEOUT.to_owned()),
        wait: file.wait.clone(),
        read: file.read.iter().map(|path| here.join(path)).collect(),
        limits: file.limits,
    }
}

fn entry(table: &TargetTable, file: &File, here: &Path) -> Result<Entry, String> {
    let of_all = budgets(file, here);
    let what = match (&table.url, &table.command) {
        (Some(url), None) => {
            crate::target::base_url(url).map_err(|why| format!("{}: {why}", table.name))?;
            What::Url(url.clone())
        }
        (None, Some(words)) if !words.is_empty() => What::Command {
            words: words.clone(),
            folder: here.join(table.folder.clone().unwrap_or_default()),
            copy: table.copy,
            base_url: table.base_url.clone(),
            environment: table.environment.clone(),
        },
        _ => {
            return Err(format!(
                "the target {:?} needs either a url or a command = [\"program\", \"argument\"]",
                table.name
            ));
        }
    };
    Ok(Entry {
        name: table.name.clone(),
        what,
        deadline: table.deadline.clone().unwrap_or(of_all.deadline),
        timeout: table.timeout.clone().unwrap_or(of_all.timeout),
        wait: table.wait.clone().or(of_all.wait),
        ..of_all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Result<Plan, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("work/ada")).unwrap();
        fs::create_dir_all(folder.path().join("work/grace")).unwrap();
        let path = folder.path().join("grade.toml");
        fs::write(&path, text).unwrap();
        Plan::from_file(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_names_urls_commands_and_folders_with_budgets() {
        let plan = plan(
            r#"
            deadline = "1m"
            [[target]]
            name = "live"
            url = "http://localhost:5000"
            timeout = "3s"
            [[target]]
            name = "mine"
            command = ["python3", "app.py"]
            folder = "work/ada"
            copy = true
            [[folders]]
            pattern = "work/*"
            command = ["./serve"]
            "#,
        )
        .unwrap();
        let names: Vec<&str> = plan
            .entries
            .iter()
            .map(|entry| entry.name.as_str())
            .collect();
        assert_eq!(names, ["live", "mine", "ada", "grace"]);
        assert_eq!(plan.entries[0].timeout, "3s");
        assert!(plan.entries.iter().all(|entry| entry.deadline == "1m"));
        assert!(
            matches!(&plan.entries[1].what, What::Command { copy: true, folder, .. } if folder.ends_with("work/ada"))
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, said) in [
            ("", "names no target"),
            ("colour = 1", "unknown field `colour`"),
            (
                "[[target]]\nname = \"a\"",
                "needs either a url or a command",
            ),
            (
                "[[target]]\nname = \"a\"\nurl = \"localhost:1\"",
                "write http://localhost:1",
            ),
            (
                "[[target]]\nname = \"a\"\nurl = \"http://h\"\n[[target]]\nname = \"A\"\nurl = \"http://h\"",
                "overwrite each other",
            ),
            (
                "deadline = \"5\"\n[[target]]\nname = \"a\"\nurl = \"http://h\"",
                "durations read",
            ),
        ] {
            let error = plan(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
