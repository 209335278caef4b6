//! Comparisons that take a neighbour for the right value: one table for each thing that is
//! compared, each row a way to compare carelessly.

mod emails;
mod folding;
mod ids;
mod passwords;

use super::Subject;

/// Whether a careless server takes `shown` for the `right` value.
type Same = fn(shown: &str, right: &str) -> bool;

/// A way to compare: its id, its sentence, what it takes for the same, and what catches it.
struct Row(&'static str, &'static str, Same, &'static [&'static str]);

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    [ids::faults(), emails::faults(), passwords::faults()].concat()
}

fn cut(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}
