//! A report read back.

use std::{fs, io, path::Path};

use super::{FORMAT_VERSION, Report};

/// Why a report cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read.
    #[error("cannot read the report: {0}")]
    Unreadable(#[from] io::Error),
    /// It is no JSON report of this program.
    #[error("it is no JSON report of authspec: {0}")]
    Malformed(#[from] serde_json::Error),
    /// It was written in another form.
    #[error("it has format version {found}, and this authspec reads {FORMAT_VERSION}")]
    Version {
        /// The version that it names.
        found: u64,
    },
}

/// Reads a JSON report.
pub fn read(path: &Path) -> Result<Report, ReadError> {
    parse(&fs::read_to_string(path)?)
}

/// Reads the text of a JSON report.
pub fn parse(text: &str) -> Result<Report, ReadError> {
    let value: serde_json::Value = serde_json::from_str(text)?;
    let version = value["format_version"].as_u64();
    if let Some(found) = version.filter(|found| *found != u64::from(FORMAT_VERSION)) {
        return Err(ReadError::Version { found });
    }
    Ok(serde_json::from_value(value)?)
}
