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
mod updates;
mod values;

use crate::proof::subject::{
    Kind, Subject,
    edits::{Row, subjects},
};

/// The faults that are a row each, area by area; what shows only with few users, and what minds
/// everybody or who meets whom, comes behind.
const TABLES: &[&[Row]] = &[
    statuses::FAULTS,
    payloads::FAULTS,
    shapes::FAULTS,
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

/// The whole catalogue: what follows from the documented answers, and what is a row.
pub fn all() -> Vec<Subject> {
    let rows = |table| subjects(Kind::Fault, table);
    let few_users = rows(few_users::FAULTS).map(|fault| Subject {
        needs_fresh_start: true,
        ..fault
    });
    rows(documented::faults())
        .chain(TABLES.iter().flat_map(|table| rows(table)))
        .chain(few_users)
        .chain(rows(numbers::OF_ALL_USERS))
        .chain(rows(concurrency::FAULTS))
        .collect()
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
