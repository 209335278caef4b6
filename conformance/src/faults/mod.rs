//! Deliberate defects: the proof that the suite can fail.
//!
//! Each fault is a proxy in front of a conforming target that gets one thing wrong, in the way
//! that real implementations get it wrong. A suite in which one of them survives does not check
//! what it says it checks.

mod comparisons;
mod concurrency;
mod cookies;
mod edits;
mod few_users;
mod forms;
mod histories;
mod isolation;
mod login;
mod logout;
mod media_types;
mod numbers;
mod passwords;
mod payloads;
mod profile;
mod redirects;
mod registration;
mod robustness;
mod routes;
mod session_ids;
mod sessions;
mod shapes;
mod shared_devices;
mod spellings;
mod statuses;
mod tokens;
mod update_refusals;
mod updates;
mod values;

use crate::subject::Subject;

/// The whole catalogue, area by area.
pub fn all() -> Vec<Subject> {
    [
        statuses::faults(),
        payloads::faults(),
        shapes::faults(),
        media_types::faults(),
        routes::faults(),
        redirects::faults(),
        forms::faults(),
        registration::faults(),
        login::faults(),
        passwords::faults(),
        cookies::faults(),
        session_ids::faults(),
        sessions::faults(),
        profile::faults(),
        logout::faults(),
        tokens::faults(),
        updates::faults(),
        update_refusals::faults(),
        isolation::faults(),
        comparisons::faults(),
        spellings::faults(),
        values::faults(),
        histories::faults(),
        shared_devices::faults(),
        numbers::faults(),
        few_users::faults(),
        concurrency::faults(),
        robustness::faults(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The faults that the requirement of that id must catch, in the order of the catalogue.
pub fn caught_by(requirement: &str) -> Vec<Subject> {
    all()
        .into_iter()
        .filter(|fault| fault.about.contains(&requirement))
        .collect()
}

#[cfg(test)]
pub(crate) mod tests;
