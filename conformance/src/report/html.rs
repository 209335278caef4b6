//! The HTML report: one page that works offline, for people.
//!
//! Everything that a target sent goes through the template's escaping and is shown as text. The
//! page's own policy (Content Security Policy, level 3) is the second line: it runs the one
//! script and uses the one style sheet whose digests it names, and loads nothing.

mod beside;
mod difference;
mod exchange;
mod page;
mod scenario;
mod subject;

pub(super) use beside::is_meaningful;

use askama::Template as _;

use self::page::Page;
use super::overview::Overview;
use crate::{run::Run, verdict::baseline::Judgement};

/// The report as one page that shows, beside each answer that is at fault, what the reference
/// server answered to the same request: `reference` is a run of the same suite with the same
/// seed against it.
pub(super) fn render(run: &Run, baseline: &Judgement, reference: Option<&Run>) -> String {
    Page::of(&Overview { run, baseline }, reference)
        .render()
        .expect("memory takes all text")
}
