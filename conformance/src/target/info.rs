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

impl TargetKind {
    /// The word that reports use for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Reference => "reference",
            Self::Command => "command",
        }
    }
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
