//! What is judged: requirements, their levels, and where the features state them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How binding a requirement is, in the sense of RFC 2119.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The document states it, or it follows from what it states. Always counts.
    Must,
    /// The document is silent and any careful implementer does it. Counts with `--strict`.
    Should,
    /// Advice: reported, never counted.
    May,
}

impl Level {
    /// All levels, the most binding first.
    pub const ALL: [Self; 3] = [Self::Must, Self::Should, Self::May];

    /// The word that features, options and reports use for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        }
    }

    /// Whether a requirement of this level decides the verdict of a run.
    pub fn counts(self, strict: bool) -> bool {
        match self {
            Self::Must => true,
            Self::Should => strict,
            Self::May => false,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|level| level.as_str().eq_ignore_ascii_case(word))
            .ok_or_else(|| format!("unknown level '{word}': it is must, should or may"))
    }
}

/// A place in a feature file.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(into = "String", try_from = "String")]
pub struct Location {
    /// The file as the project knows it, such as `features/login.feature`.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl From<Location> for String {
    fn from(location: Location) -> Self {
        location.to_string()
    }
}

impl TryFrom<String> for Location {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let parts = text.rsplit_once(':');
        let parsed = parts.and_then(|(file, line)| Some((file.to_owned(), line.parse().ok()?)));
        match parsed {
            Some((file, line)) => Ok(Self { file, line }),
            None => Err(format!("{text:?} is no file with a line")),
        }
    }
}

/// One testable sentence about the service: a `Rule:` of a feature.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Requirement {
    /// The stable id, such as `LOGIN-4`. Never renumbered, never reused.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// The tasks of the document that it comes from; empty where the document is silent.
    pub tasks: Vec<u8>,
    /// The sentence.
    pub title: String,
    /// Why it was decided so, or how to read it: the text under the rule's title.
    pub description: Option<String>,
    /// The title of the feature that it stands in, such as `Logging in`.
    pub area: String,
    /// Where its rule begins.
    pub location: Location,
}

impl Requirement {
    /// The tasks that it comes from, in words; `None` where the document is silent.
    pub fn source(&self) -> Option<String> {
        let numbers: Vec<String> = self.tasks.iter().map(u8::to_string).collect();
        match numbers.as_slice() {
            [] => None,
            [one] => Some(format!("task {one}")),
            [first @ .., last] => Some(format!("tasks {} and {last}", first.join(", "))),
        }
    }
}
