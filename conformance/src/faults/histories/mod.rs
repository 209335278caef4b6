//! What goes wrong only after something else: effects behind an answer that is right, and answers
//! that hang on what came before.

mod effects;
mod memories;
mod refusals;
mod returns;

use super::{Subject, edits};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    [
        effects::faults(),
        refusals::faults(),
        returns::faults(),
        memories::faults(),
    ]
    .concat()
}
