//! One target of a grading: what it is and what it may take.

use std::{collections::BTreeMap, path::PathBuf};

use serde::Serialize;

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
