//! The targets of a grading: a TOML file, or a pattern of folders.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{GradeError, Points, folders};
use crate::target::confine::Limits;

/// What is judged.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Something that runs at a URL.
    Url(String),
    /// A command that is started.
    Command {
        /// The program and its arguments.
        words: Vec<String>,
        /// Where it starts.
        folder: PathBuf,
        /// Whether it starts in a temporary copy of that folder.
        copy: bool,
        /// A fixed address, for a command that takes no port.
        base_url: Option<String>,
        /// Variables for it.
        environment: BTreeMap<String, String>,
    },
}

/// One target of a grading.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Entry {
    /// Its name, unlike any other.
    pub name: String,
    /// What it is.
    pub what: What,
    /// The most time for its whole run, such as `2m`.
    pub deadline: String,
    /// The most time for one request.
    pub timeout: String,
    /// How long to wait for its first answer.
    pub wait: Option<String>,
    /// What a command may read beside the system and its own folder.
    pub read: Vec<PathBuf>,
    /// How much of the machine a command may take.
    pub limits: Limits,
}

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

#[derive(Deserialize)]
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
        let malformed = |message: String| GradeError::Malformed {
            path: path.to_owned(),
            message,
        };
        let file: File = toml::from_str(&text).map_err(|error| malformed(error.to_string()))?;
        let here = path.parent().unwrap_or(Path::new("")).to_owned();
        let mut entries = Vec::new();
        for table in &file.target {
            entries.push(entry(table, &file, &here).map_err(malformed)?);
        }
        for table in &file.folders {
            let found = folders::matching(&here, &table.pattern).map_err(|source| {
                GradeError::Unreadable {
                    path: here.join(&table.pattern),
                    source,
                }
            })?;
            for folder in found {
                entries.push(Entry {
                    name: folders::name(&folder),
                    what: What::Command {
                        words: table.command.clone(),
                        folder,
                        copy: table.copy,
                        base_url: None,
                        environment: table.environment.clone(),
                    },
                    ..budgets(&file, &here)
                });
            }
        }
        let plan = Self {
            entries,
            points: file.points,
            source: text,
        };
        plan.check(&path.display().to_string(), malformed)
    }

    /// A target for every folder that matches the pattern, each started by the same command.
    ///
    /// # Errors
    /// When the pattern names no folder.
    pub fn from_folders(pattern: &str, words: &[String], copy: bool) -> Result<Self, GradeError> {
        let unreadable = |source| GradeError::Unreadable {
            path: pattern.into(),
            source,
        };
        let entries = folders::matching(Path::new(""), pattern)
            .map_err(unreadable)?
            .into_iter()
            .map(|folder| Entry {
                name: folders::name(&folder),
                what: What::Command {
                    words: words.to_vec(),
                    folder,
                    copy,
                    base_url: None,
                    environment: BTreeMap::new(),
                },
                deadline: DEADLINE.to_owned(),
                timeout: TIMEOUT.to_owned(),
                wait: None,
                read: Vec::new(),
                limits: Limits::default(),
            })
            .collect();
        let source = format!("{words:?} {copy}");
        Self {
            entries,
            points: None,
            source,
        }
        .check(pattern, |message| GradeError::Malformed {
            path: pattern.into(),
            message,
        })
    }

    fn check(
        self,
        source: &str,
        malformed: impl Fn(String) -> GradeError,
    ) -> Result<Self, GradeError> {
        let mut names = BTreeSet::new();
        for entry in &self.entries {
            if !names.insert(folders::file_name(&entry.name)) {
                return Err(malformed(format!(
                    "two targets are called {:?}: their reports would overwrite each other",
                    entry.name
                )));
            }
            let times = [
                Some(&entry.deadline),
                Some(&entry.timeout),
                entry.wait.as_ref(),
            ];
            for time in times.into_iter().flatten() {
                humantime::parse_duration(time).map_err(|error| {
                    malformed(format!(
                        "{:?} of {}: {error}; durations read 500ms, 10s, 2m",
                        time, entry.name
                    ))
                })?;
            }
        }
        if self.entries.is_empty() {
            return Err(GradeError::Nothing(source.to_owned()));
        }
        Ok(self)
    }
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
