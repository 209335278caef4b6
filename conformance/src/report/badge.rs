//! A badge: `conforms 33/33`, as a picture and as what badge services draw one from.

use askama::Template;
use serde_json::json;

use super::overview::{Overview, Standing};
use crate::{
    run::Run,
    verdict::{self, Totals, baseline::Judgement},
};

/// The left half.
const LABEL: &str = "authspec";

/// A colour of the right half, for the picture and for a service. White text on the first has a
/// contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3).
type Colour = (&'static str, &'static str);

const GREEN: Colour = ("#1a7f37", "brightgreen");
const YELLOW: Colour = ("#8a6100", "yellow");
const RED: Colour = ("#c9302c", "red");
const GREY: Colour = ("#5f6368", "lightgrey");

/// The badge as an SVG picture that needs no font or style from elsewhere.
pub(super) fn svg(run: &Run, baseline: &Judgement) -> String {
    let (message, colour) = content(run, baseline);
    Badge {
        label: LABEL,
        message: &message,
        colour: colour.0,
    }
    .render()
    .expect("memory takes all text")
}

/// The badge as JSON for the endpoint schema of shields.io, version 1.
pub(super) fn endpoint(run: &Run, baseline: &Judgement) -> String {
    let (message, colour) = content(run, baseline);
    let badge = json!({
        "schemaVersion": 1,
        "label": LABEL,
        "message": message,
        "color": colour.1,
        "isError": colour == RED,
    });
    format!("{badge:#}\n")
}

fn content(run: &Run, baseline: &Judgement) -> (String, Colour) {
    let overview = Overview { run, baseline };
    let Totals { pass, total, .. } = verdict::counting(run);
    match overview.standing() {
        Standing::Conforms => (format!("conforms {pass}/{total}"), GREEN),
        Standing::Partly => (format!("partly judged {pass}/{total}"), GREY),
        Standing::Known => (
            format!("{pass}/{total}, {} known to fail", overview.known()),
            YELLOW,
        ),
        Standing::Stale => (format!("{pass}/{total}, baseline stale"), YELLOW),
        Standing::Fails => (format!("does not conform {pass}/{total}"), RED),
        Standing::Incomplete => (format!("incomplete {pass}/{total}"), YELLOW),
        Standing::Unreachable => ("not reached".to_owned(), GREY),
        Standing::Defect => ("runner failed".to_owned(), GREY),
    }
}

#[derive(Template)]
#[template(path = "badge.svg")]
struct Badge<'a> {
    label: &'a str,
    message: &'a str,
    colour: &'a str,
}

impl Badge<'_> {
    /// A half's width in pixels: the letters of an 11 pixel sans-serif are nearly seven wide on
    /// average, and the picture stretches its text to what is reckoned here.
    fn width(text: &str) -> usize {
        text.chars().count() * 13 / 2 + 14
    }
}
