//! Legal variations: the proof that the suite raises no false alarm.
//!
//! Each freedom is a server that keeps the document and is unusual in one way that the
//! document leaves open, or that HTTP leaves open to every server. None may fail a must.

mod bodies;
mod cookies;
mod empty_fields;
mod encodings;
mod ids;
mod likenesses;
mod redirects;
mod refusals;
mod silence;
mod transports;

use crate::proof::{
    proxy::Middleware,
    subject::{
        Kind, Past, Subject,
        edits::{Row, subjects},
    },
};

/// The freedoms that are a row each, area by area. Those that wait come first, as trials begin in
/// this order: a self-test should not wait for them at its end.
const TABLES: &[&[Row]] = &[
    transports::FREEDOMS,
    bodies::FREEDOMS,
    encodings::FREEDOMS,
    cookies::FREEDOMS,
    ids::FREEDOMS,
    redirects::FREEDOMS,
    refusals::FREEDOMS,
    silence::FREEDOMS,
    empty_fields::FREEDOMS,
    likenesses::FREEDOMS,
];

/// The users of the target that has many. Enough that whatever goes through all of them shows.
const MANY: usize = 2_500;

/// The freedoms of targets that have lived before the suite came.
#[rustfmt::skip] // A table reads best as one.
const PASTS: [(&str, &str, Past); 3] = [
    ("target-plain", "Nothing is unusual: the target as it is, through a proxy.", Past::Fresh),
    ("target-used-before", "The suite has judged the same target before.", Past::Judged),
    ("target-populated", "Thousands of users are there already.", Past::Populated(MANY)),
];

/// The whole catalogue: what is a row, and what only the target's past makes unusual.
pub fn all() -> Vec<Subject> {
    let rows = TABLES.iter().flat_map(|rows| subjects(Kind::Freedom, rows));
    let pasts = PASTS.map(|(id, sentence, past)| Subject {
        past,
        ..Subject::new(Kind::Freedom, id, sentence, &[], Middleware::default())
    });
    rows.chain(pasts).collect()
}

/// The freedoms in which the requirement of that id may fail, in the order of the catalogue.
pub fn touching(requirement: &str) -> Vec<Subject> {
    all()
        .into_iter()
        .filter(|freedom| freedom.is_about(requirement))
        .collect()
}

#[cfg(test)]
mod tests;
