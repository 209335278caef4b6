//! What was judged, for the record of a run.

use serde::{Deserialize, Serialize};

/// What kind of target was judged.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// Something that was already running at a URL.
    Url,
    /// The reference server, started in the runner's own process.
    Reference,
    /// A command that the runner started.
    Command,
}

/// What was judged.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct TargetInfo {
    /// The base URL.
    pub url: String,
    /// How it came to run.
    pub kind: TargetKind,
    /// One phrase for people, such as `the reference server, in this process (bcrypt cost 4)`.
    pub description: String,
    /// The `Server` header of its first answer.
    pub server: Option<String>,
    /// What a target that the runner started printed, bounded.
    pub output: Option<String>,
}

impl TargetInfo {
    /// What is known of a target before it has said anything.
    pub fn new(url: String, kind: TargetKind, description: String) -> Self {
        Self {
            url,
            kind,
            description,
            server: None,
            output: None,
        }
    }
}
