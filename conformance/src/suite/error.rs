//! What can be wrong with features: all of it is found before anything is sent.

use std::{fmt, io, path::PathBuf};

use crate::suite::Location;

/// Why there is no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder holds nothing to run.
    #[error("no file ending in .feature under {}", .0.display())]
    Empty(PathBuf),
    /// The features are not fit to judge anybody.
    #[error("{}", list(.0))]
    Problems(Vec<Problem>),
}

/// One thing that is wrong at one place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// Where.
    pub location: Location,
    /// What, and what to do about it.
    pub text: String,
}

impl Problem {
    /// A problem at that place.
    pub fn new(location: Location, text: impl Into<String>) -> Self {
        Self {
            location,
            text: text.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.text)
    }
}

fn list(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    match lines.as_slice() {
        [only] => only.clone(),
        many => format!(
            "{} problems in the features:\n  {}",
            many.len(),
            many.join("\n  ")
        ),
    }
}
