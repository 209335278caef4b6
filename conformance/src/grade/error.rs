//! Why there is nothing to grade.

use std::{io, path::PathBuf};

/// Why there is nothing to grade.
#[derive(Debug, thiserror::Error)]
pub enum GradeError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not what it should be.
    #[error("{}: {}", path.display(), message.trim_end())]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What is wrong, and where.
        message: String,
    },
    /// The pattern or the file names nothing.
    #[error("{0} names no target")]
    Nothing(String),
    /// The parts do not make a whole.
    #[error("these are not the parts of one grading: {0}")]
    NoWhole(String),
    /// The output folder cannot be used.
    #[error("cannot write to {}: {source}", path.display())]
    Output {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}
