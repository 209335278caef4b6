//! Targets that have lived before the suite came.

use super::{Freedom, Past};

/// The users of the target that has many. Enough that whatever goes through all of them shows.
const MANY: usize = 20_000;

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Freedom> {
    vec![
        Freedom::new(
            "target-plain",
            "Nothing is unusual: the target as it is, through a proxy.",
        ),
        Freedom::new(
            "target-used-before",
            "The suite has judged the same target before.",
        )
        .with_past(Past::Judged),
        Freedom::new("target-populated", "Thousands of users are there already.")
            .with_past(Past::Populated(MANY)),
    ]
}
