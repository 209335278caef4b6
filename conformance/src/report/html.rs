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

use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use self::page::Page;
use super::overview::Overview;
use crate::{run::Run, verdict::baseline::Judgement};

const STYLE: &str = include_str!("../../templates/report/style.css");
const SCRIPT: &str = include_str!("../../templates/report/script.js");

/// The report as one page.
pub fn render(run: &Run, baseline: &Judgement) -> String {
    render_beside(run, baseline, None)
}

/// The report as one page that shows, beside each answer that is at fault, what the reference
/// server answered to the same request: `reference` is a run of the same suite with the same
/// seed against it.
#[expect(
    clippy::missing_panics_doc,
    reason = "the template only formats: it never panics"
)]
pub fn render_beside(run: &Run, baseline: &Judgement, reference: Option<&Run>) -> String {
    let overview = Overview::new(run, baseline);
    Document {
        style: STYLE,
        script: SCRIPT,
        style_digest: digest(STYLE),
        script_digest: digest(SCRIPT),
        page: Page::of(&overview, reference),
    }
    .render()
    .expect("memory takes all text")
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct Document<'a> {
    style: &'static str,
    script: &'static str,
    style_digest: String,
    script_digest: String,
    page: Page<'a>,
}

/// What a Content Security Policy calls a text by.
pub(crate) fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}
