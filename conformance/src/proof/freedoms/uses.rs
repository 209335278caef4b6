//! Targets that have lived before the suite came.

use crate::proof::subject::{Past, Subject};

/// The users of the target that has many. Enough that whatever goes through all of them shows.
const MANY: usize = 2_500;

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    let freedom = |id, sentence, past| Subject::freedom(id, sentence, &[]).with_past(past);
    vec![
        freedom(
            "target-plain",
            "Nothing is unusual: the target as it is, through a proxy.",
            Past::Fresh,
        ),
        freedom(
            "target-used-before",
            "The suite has judged the same target before.",
            Past::Judged,
        ),
        freedom(
            "target-populated",
            "Thousands of users are there already.",
            Past::Populated(MANY),
        ),
    ]
}
