//! Targets that have lived before the suite came.

use crate::proof::{
    proxy::Middleware,
    subject::{Kind, Past, Subject},
};

/// The users of the target that has many. Enough that whatever goes through all of them shows.
const MANY: usize = 2_500;

/// The freedoms of this area.
#[rustfmt::skip] // A table reads best as one.
pub(super) fn freedoms() -> [Subject; 3] {
    [
        ("target-plain", "Nothing is unusual: the target as it is, through a proxy.", Past::Fresh),
        ("target-used-before", "The suite has judged the same target before.", Past::Judged),
        ("target-populated", "Thousands of users are there already.", Past::Populated(MANY)),
    ]
    .map(|(id, sentence, past)| Subject {
        past,
        ..Subject::new(Kind::Freedom, id, sentence, &[], Middleware::default())
    })
}
