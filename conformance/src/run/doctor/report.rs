//! What a look at a target has found, for people.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Checkup, State};
use crate::scenario::expect::shown;

/// The lines of a checkup, with colours that whoever writes to a pipe strips.
pub fn render(checkup: &Checkup) -> String {
    let mut text = String::new();
    let bold = Style::new().bold();
    let _ = writeln!(
        text,
        "{bold}authspec {}{bold:#} looks at {}\n",
        env!("CARGO_PKG_VERSION"),
        checkup.url
    );
    for finding in &checkup.findings {
        let (sign, colour) = match finding.state {
            State::Good => ('✓', AnsiColor::Green),
            State::Fair => ('!', AnsiColor::Yellow),
            State::Bad | State::Unreachable => ('✗', AnsiColor::Red),
        };
        let colour = colour.on_default();
        let _ = writeln!(
            text,
            "  {colour}{sign} {:<12}{colour:#} {}",
            finding.what,
            shown(&finding.said)
        );
        if let Some(advice) = &finding.advice {
            let _ = writeln!(text, "    {:<12} {advice}", "");
        }
    }
    let _ = writeln!(text, "\n{}", closing(checkup));
    text
}

fn closing(checkup: &Checkup) -> String {
    let run = format!("authspec --base-url {}", checkup.url);
    match (checkup.state(), checkup.estimate) {
        (State::Unreachable, _) => "There is nothing to judge yet.".to_owned(),
        (_, Some(estimate)) => format!(
            "A whole run should take about {}: {run}",
            humantime::format_duration(std::time::Duration::from_secs(estimate.as_secs().max(1)))
        ),
        (_, None) => format!("A run can judge little before that works: {run}"),
    }
}
