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
mod uses;

use crate::proof::subject::{Past, Subject};

/// The whole catalogue, area by area.
pub fn all() -> Vec<Subject> {
    [
        bodies::freedoms(),
        encodings::freedoms(),
        transports::freedoms(),
        cookies::freedoms(),
        ids::freedoms(),
        redirects::freedoms(),
        refusals::freedoms(),
        silence::freedoms(),
        empty_fields::freedoms(),
        likenesses::freedoms(),
        uses::freedoms(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The freedoms in which the requirement of that id may fail, in the order of the catalogue.
pub fn touching(requirement: &str) -> Vec<Subject> {
    all()
        .into_iter()
        .filter(|freedom| freedom.about.contains(&requirement))
        .collect()
}

#[cfg(test)]
mod tests;
