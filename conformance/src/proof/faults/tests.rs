//! The catalogue of faults holds together.

use std::collections::BTreeSet;

use super::{all, caught_by};
use crate::suite::{Catalogue, Level};

/// Whether a text is a sentence that fits a line or two of a report.
pub(crate) fn is_a_sentence(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.ends_with('.')
        && !text.contains("  ")
        && text.len() <= 120
}

/// Whether a text can stand in a file name, a URL and a command line.
pub(crate) fn is_an_id(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.ends_with('-')
}

#[test]
fn ids_are_unique_and_sentences_are_sentences() {
    let faults = all();
    let ids: BTreeSet<&str> = faults.iter().map(|fault| fault.id).collect();
    let sentences: BTreeSet<&str> = faults.iter().map(|fault| fault.sentence).collect();
    assert_eq!(ids.len(), faults.len(), "an id stands twice");
    assert_eq!(sentences.len(), faults.len(), "a sentence stands twice");
    for fault in &faults {
        assert!(is_an_id(fault.id), "{}", fault.id);
        assert!(
            is_a_sentence(fault.sentence),
            "{}: {}",
            fault.id,
            fault.sentence
        );
        assert!(!fault.about.is_empty(), "{} is caught by nothing", fault.id);
    }
    assert!(faults.len() > 170, "{} faults", faults.len());
}

#[test]
fn every_requirement_is_named_and_every_name_is_a_requirement() {
    let catalogue = Catalogue::compiled_in().unwrap();
    let known: BTreeSet<&str> = catalogue.requirements.iter().map(|r| &*r.id).collect();
    for fault in all() {
        for id in fault.about {
            assert!(known.contains(id), "{} names {id}", fault.id);
        }
    }
    for requirement in &catalogue.requirements {
        assert!(
            !caught_by(&requirement.id).is_empty(),
            "no fault is about {}",
            requirement.id
        );
    }
}

#[test]
fn a_must_can_go_wrong_in_more_than_one_way() {
    let catalogue = Catalogue::compiled_in().unwrap();
    let musts = catalogue
        .requirements
        .iter()
        .filter(|r| r.level == Level::Must);
    for requirement in musts {
        let faults = caught_by(&requirement.id).len();
        assert!(
            faults >= 2,
            "{} faults are about {}",
            faults,
            requirement.id
        );
    }
}
