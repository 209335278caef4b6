//! What differs in an answer from what was expected of it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One difference between what a step demands and what came.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Mismatch {
    /// The part of the answer, such as `status` or `member "email"`.
    pub what: String,
    /// What would have been right, all alternatives included.
    pub expected: String,
    /// What was there.
    pub actual: String,
}

impl Mismatch {
    /// A difference in the part `what`.
    pub fn new(
        what: impl Into<String>,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            expected: expected.into(),
            actual: actual.into(),
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what,
            expected,
            actual,
        } = self;
        write!(f, "{what}: expected {expected}, got {actual}")
    }
}
