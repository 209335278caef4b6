//! Many targets, one after another and some at a time: a report each, and one comparison.
//!
//! Each target is judged by a process of its own, `authspec run`, so that none can harm another
//! or the grading, whatever it does. What came of it is kept in the output folder at once: a
//! grading that was interrupted goes on where it was.

mod comparison;
mod entry;
mod error;
mod files;
mod folders;
pub mod job_array;
mod judge;
mod manifest;
mod plan;
mod points;
mod result;
mod schedule;
mod score;
mod shard;
mod tables;

pub use comparison::{Comparison, Row};
pub use entry::{Entry, What};
pub use error::GradeError;
pub use files::{gather, write_comparison};
pub use manifest::Manifest;
pub use plan::Plan;
pub use points::{Earned, Points};
pub use result::Graded;
pub use schedule::{Judging, Progress, grade};
pub use score::Score;
pub use shard::Shard;
