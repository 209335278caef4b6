//! The matrix as one page that works offline. It has no script, and what a subject answered goes
//! through the template's escaping.

use askama::Template;

use super::{Kind, Matrix, Trial};
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
        sections: [
            (Kind::Fault, "Faults", "Caught by"),
            (Kind::NullServer, "Null servers", "Passed"),
            (Kind::Freedom, "Freedoms", "Failed by right"),
        ]
        .map(|(kind, heading, found)| (heading, found, matrix.of(kind).collect())),
    }
    .render()
    .expect("memory takes all text")
}

#[derive(Template)]
#[template(path = "self_test.html")]
struct Page<'a> {
    matrix: &'a Matrix,
    suite: &'a Suite,
    /// For each kind of subjects its heading, that of what was found, and its trials.
    sections: [(&'static str, &'static str, Vec<&'a Trial>); 3],
}

impl Page<'_> {
    /// What is worth telling of a trial: what failed, or, of a null server, what passed.
    fn found(trial: &Trial) -> Vec<&str> {
        let verdict = match trial.subject.kind {
            Kind::Fault | Kind::Freedom => Verdict::Fail,
            Kind::NullServer => Verdict::Pass,
        };
        trial.with(verdict).map(|(id, _)| id).collect()
    }
}
