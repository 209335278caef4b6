//! Renderings of a finished run. Each reads the model and what the baseline makes of it; none
//! decides anything, and none reaches back.

pub mod badge;
pub mod baseline;
pub mod compare;
pub mod docs;
mod explanation;
pub mod format;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod overview;
pub mod redact;
pub mod shown;
pub mod terminal;
mod texts;
pub mod whole_file;
pub mod write;
