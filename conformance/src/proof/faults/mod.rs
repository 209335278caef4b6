//! Deliberate defects: the proof that the suite can fail.
//!
//! Each fault is a proxy in front of a conforming target that gets one thing wrong, in the way
//! that real implementations get it wrong. A suite in which one of them survives does not check
//! what it says it checks.

mod comparisons;
mod concurrency;
mod cookies;
mod documented;
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

use crate::proof::subject::{
    Kind, Subject,
    edits::{Row, subjects},
};

/// The faults that are a row each, area by area.
const TABLES: &[&[Row]] = &[
    statuses::FAULTS,
    payloads::FAULTS,
    shapes::FAULTS,
    media_types::FAULTS,
    routes::FAULTS,
    redirects::FAULTS,
    forms::FAULTS,
    registration::FAULTS,
    login::FAULTS,
    passwords::FAULTS,
    cookies::FAULTS,
    session_ids::FAULTS,
    sessions::FAULTS,
    profile::FAULTS,
    logout::FAULTS,
    tokens::FAULTS,
    updates::FAULTS,
    update_refusals::FAULTS,
    isolation::FAULTS,
    comparisons::ids::FAULTS,
    comparisons::emails::FAULTS,
    comparisons::passwords::FAULTS,
    spellings::forms::FAULTS,
    spellings::cookies::FAULTS,
    spellings::connections::FAULTS,
    values::FAULTS,
    histories::effects::FAULTS,
    histories::refusals::FAULTS,
    histories::returns::FAULTS,
    histories::memories::FAULTS,
    shared_devices::FAULTS,
    numbers::FAULTS,
    robustness::FAULTS,
];

/// The whole catalogue: what follows from the documented answers, what is a row, and what minds
/// who meets whom, which is written by hand.
pub fn all() -> Vec<Subject> {
    let mut all: Vec<Subject> = subjects(Kind::Fault, documented::faults()).collect();
    all.extend(TABLES.iter().flat_map(|rows| subjects(Kind::Fault, rows)));
    let few_users = subjects(Kind::Fault, few_users::FAULTS);
    all.extend(few_users.map(Subject::on_a_fresh_start));
    all.push(numbers::by_hand());
    all.extend(concurrency::faults());
    all
}

/// The faults that the requirement of that id must catch, in the order of the catalogue.
pub fn caught_by(requirement: &str) -> Vec<Subject> {
    all()
        .into_iter()
        .filter(|fault| fault.is_about(requirement))
        .collect()
}

#[cfg(test)]
mod tests;
