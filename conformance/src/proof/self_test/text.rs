//! The matrix for people at a terminal.
//!
//! ```text
//! LOGIN-4  must    caught 9 faults
//!     login-wrong-password-200 login-wrong-password-400 …
//! login-wrong-password-200
//!     A wrong password is answered as a login, without a cookie.
//!     caught by LOGIN-4 LOGIN-6 E2E-1
//! ```

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Kind, Matrix, Trial};
use crate::verdict::Verdict;

/// Where lines of many names end.
const WIDTH: usize = 96;

/// The whole matrix, the summary last.
pub fn render(matrix: &Matrix) -> String {
    let mut text = String::new();
    heading(&mut text, "Requirements, and the faults that each caught");
    for row in &matrix.rows {
        let requirement = &row.requirement;
        let _ = writeln!(
            text,
            "{:<10}{:<8}caught {} of the faults that are about it, and {} more",
            requirement.id,
            requirement.level,
            row.caught.len(),
            row.caught_too.len()
        );
        names(&mut text, "    ", row.caught.iter().copied());
    }
    for (kind, title) in [
        (Kind::Fault, "Faults, and the requirements that caught each"),
        (
            Kind::NullServer,
            "Null servers, and the musts that each passed",
        ),
        (
            Kind::Freedom,
            "Freedoms, and the requirements that each failed by right",
        ),
    ] {
        heading(&mut text, title);
        for trial in matrix.of(kind) {
            subject(&mut text, trial);
        }
    }
    summary(&mut text, matrix);
    text
}

fn heading(text: &mut String, title: &str) {
    let bold = Style::new().bold();
    let _ = writeln!(text, "\n{bold}{title}{bold:#}\n");
}

fn subject(text: &mut String, trial: &Trial) {
    let subject = &trial.subject;
    let _ = writeln!(text, "{}\n    {}", subject.id, subject.sentence);
    let found: Vec<&str> = match subject.kind {
        Kind::Fault | Kind::Freedom => trial.with(Verdict::Fail).map(|(id, _)| id).collect(),
        Kind::NullServer => trial
            .with(Verdict::Pass)
            .filter(|(_, level)| *level == crate::suite::Level::Must)
            .map(|(id, _)| id)
            .collect(),
    };
    let label = match (subject.kind, found.is_empty()) {
        (Kind::Fault, true) => "caught by nothing",
        (Kind::Fault, false) => "caught by",
        (Kind::NullServer, true) => "passed none",
        (Kind::NullServer, false) => "passed",
        (Kind::Freedom, true) => "failed none",
        (Kind::Freedom, false) => "failed",
    };
    let words = std::iter::once(label).chain(found);
    names(text, "    ", words);
}

/// Names with blanks between, broken into lines.
fn names<'a>(text: &mut String, indent: &str, names: impl Iterator<Item = &'a str>) {
    let mut width = 0;
    for name in names {
        if width == 0 || width + name.len() >= WIDTH {
            let _ = write!(text, "{}{indent}{name}", if width == 0 { "" } else { "\n" });
            width = indent.len() + name.len();
        } else {
            let _ = write!(text, " {name}");
            width += name.len() + 1;
        }
    }
    if width > 0 {
        text.push('\n');
    }
}

fn summary(text: &mut String, matrix: &Matrix) {
    heading(text, "Summary");
    for wrong in &matrix.wrong {
        let red = AnsiColor::Red.on_default().bold();
        let _ = writeln!(text, "{red}{}{red:#}  {}", wrong.word, wrong.text);
    }
    if !matrix.wrong.is_empty() {
        text.push('\n');
    }
    for (what, total, wrong, ill) in matrix.figures() {
        let result = match wrong {
            0 => String::new(),
            wrong => format!(", {wrong} {ill}"),
        };
        let _ = writeln!(text, "{total:>5} {what}{result}");
    }
    let verdict = if matrix.wrong.is_empty() && !matrix.whole {
        "Stopped in the middle: nothing wrong so far, and nothing proven.".to_owned()
    } else if matrix.wrong.is_empty() {
        let green = AnsiColor::Green.on_default().bold();
        format!(
            "{green}The suite can be trusted{green:#}: every fault was caught, no null server was given anything, and no freedom raised an alarm."
        )
    } else {
        let red = AnsiColor::Red.on_default().bold();
        let findings = matrix.wrong.len();
        format!("{red}The suite cannot be trusted{red:#}: {findings} of the lines above say why.")
    };
    let _ = writeln!(text, "\n{verdict}");
}
