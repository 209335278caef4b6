//! The JSON report: the whole record, for programs.
//!
//! Its form is public. `report.schema.json` beside this crate's sources describes it; members
//! may be added under the same `format_version`, and none is renamed, removed or given another
//! meaning.

mod exchange;
mod read;
mod report;
mod scenario;

pub(super) use exchange::Body;
pub use read::{ReadError, parse, read};
pub use report::{Judged, Report};

use crate::{http::visible::in_json, run::Run, verdict::baseline::Judgement};

/// The JSON Schema (draft 2020-12) of the report.
pub const SCHEMA: &str = include_str!("../../report.schema.json");

/// The version of the form. It changes only when a reader of the old one would be misled.
pub const FORMAT_VERSION: u32 = 1;

/// The report as indented JSON with a final newline.
#[expect(
    clippy::missing_panics_doc,
    reason = "strings and finite numbers are always JSON: it never panics"
)]
pub fn text(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report)
        .expect("a report of strings and finite numbers is always JSON");
    text.push('\n');
    in_json(&text).into_owned()
}

/// The report on a run, and on what a baseline makes of it.
pub fn render(run: &Run, baseline: &Judgement) -> String {
    text(&Report::of(run, baseline))
}
