//! The matrix as one page that works offline. It has no script, and what a subject answered goes
//! through the template's escaping.

use askama::Template;

use super::{Kind, Matrix, Trial, Wrong};
use crate::{run::Suite, verdict::Verdict};

/// The whole matrix as a page.
#[expect(
    clippy::missing_panics_doc,
    reason = "the template only formats: it never panics"
)]
pub fn render(matrix: &Matrix, suite: &Suite) -> String {
    Page {
        matrix,
        suite,
        figures: super::text::figures(matrix),
        sections: Kind::ALL.map(|kind| Section::of(matrix, kind)),
    }
    .render()
    .expect("memory takes all text")
}

#[derive(Template)]
#[template(path = "self_test.html")]
struct Page<'a> {
    matrix: &'a Matrix,
    suite: &'a Suite,
    figures: [(&'static str, usize, usize, &'static str); 6],
    sections: [Section<'a>; 3],
}

/// The subjects of one kind.
struct Section<'a> {
    heading: &'static str,
    found: &'static str,
    trials: Vec<&'a Trial>,
}

impl<'a> Section<'a> {
    fn of(matrix: &'a Matrix, kind: Kind) -> Self {
        let (heading, found) = match kind {
            Kind::Fault => ("Faults", "Caught by"),
            Kind::NullServer => ("Null servers", "Passed"),
            Kind::Freedom => ("Freedoms", "Failed by right"),
        };
        Self {
            heading,
            found,
            trials: matrix.of(kind).collect(),
        }
    }
}

impl Page<'_> {
    fn wrong(&self) -> &[Wrong] {
        &self.matrix.wrong
    }

    /// What is worth telling of a trial: what failed, or, of a null server, what passed.
    fn found(trial: &Trial) -> Vec<&str> {
        let verdict = match trial.subject.kind {
            Kind::Fault | Kind::Freedom => Verdict::Fail,
            Kind::NullServer => Verdict::Pass,
        };
        trial.with(verdict).map(|(id, _)| id).collect()
    }
}
