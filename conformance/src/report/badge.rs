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

/// The badge as an SVG picture that needs no font or style from elsewhere.
pub(super) fn svg(run: &Run, baseline: &Judgement) -> String {
    let (message, colour) = content(run, baseline);
    Badge {
        label: LABEL,
        message: &message,
        colour: colour.hex(),
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
        "color": colour.word(),
        "isError": colour == Colour::Red,
    });
    format!("{badge:#}\n")
}

fn content(run: &Run, baseline: &Judgement) -> (String, Colour) {
    let overview = Overview { run, baseline };
    let Totals { pass, total, .. } = verdict::counting(run);
    match overview.standing() {
        Standing::Conforms => (format!("conforms {pass}/{total}"), Colour::Green),
        Standing::Partly => (format!("partly judged {pass}/{total}"), Colour::Grey),
        Standing::Known => (
            format!("{pass}/{total}, {} known to fail", overview.known()),
            Colour::Yellow,
        ),
        Standing::Stale => (format!("{pass}/{total}, baseline stale"), Colour::Yellow),
        Standing::Fails => (format!("does not conform {pass}/{total}"), Colour::Red),
        Standing::Incomplete => (format!("incomplete {pass}/{total}"), Colour::Yellow),
        Standing::Unreachable => ("not reached".to_owned(), Colour::Grey),
        Standing::Defect => ("runner failed".to_owned(), Colour::Grey),
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Colour {
    Green,
    Yellow,
    Red,
    Grey,
}

impl Colour {
    /// White text on it has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3).
    fn hex(self) -> &'static str {
        match self {
            Self::Green => "#1a7f37",
            Self::Yellow => "#8a6100",
            Self::Red => "#c9302c",
            Self::Grey => "#5f6368",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Green => "brightgreen",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Grey => "lightgrey",
        }
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
