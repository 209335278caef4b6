//! Targets that have lived before the suite came.

use super::{Past, Subject};

/// The users of the target that has many. Enough that whatever goes through all of them shows.
const MANY: usize = 20_000;

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    vec![
        Subject::freedom(
            "target-plain",
            "Nothing is unusual: the target as it is, through a proxy.",
        ),
        Subject::freedom(
            "target-used-before",
            "The suite has judged the same target before.",
        )
        .with_past(Past::Judged),
        Subject::freedom("target-populated", "Thousands of users are there already.")
            .with_past(Past::Populated(MANY)),
    ]
}
