//! Renderings of a finished run. Each reads the model and what the baseline makes of it; none
//! decides anything, and none reaches back.
//!
//! A run's report is a [`Format`], rendered by [`Format::render`]; what is not about one run, or
//! not one text, has a door of its own.

mod assets;
mod badge;
pub mod compare;
pub mod docs;
mod explanation;
mod format;
pub mod github;
mod html;
pub mod json;
mod junit;
mod markdown;
mod overview;
mod redact;
mod shown;
pub mod terminal;
mod texts;
pub mod whole_file;
pub mod write;

pub(crate) use assets::Assets;
pub use format::{Destination, Format, ReportRequest};
pub use redact::redact;
