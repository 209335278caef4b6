//! What is asked of every catalogue.

use std::collections::BTreeSet;

use super::{Kind, Subject};
use crate::{
    proof::{faults, freedoms, null_servers},
    suite::Catalogue,
};

fn catalogues() -> [Vec<Subject>; 3] {
    [faults::all(), freedoms::all(), null_servers::all()]
}

/// Whether a text is a sentence that fits a line or two of a report.
fn is_a_sentence(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.ends_with('.')
        && !text.contains("  ")
        && text.len() <= 120
}

/// Whether a text can stand in a file name, a URL and a command line.
fn is_an_id(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.ends_with('-')
}

#[test]
fn ids_are_unique_and_sentences_are_sentences() {
    for subjects in catalogues() {
        let ids: BTreeSet<&str> = subjects.iter().map(|subject| subject.id).collect();
        let sentences: BTreeSet<&str> = subjects.iter().map(|subject| subject.sentence).collect();
        assert_eq!(ids.len(), subjects.len(), "an id stands twice");
        assert_eq!(sentences.len(), subjects.len(), "a sentence stands twice");
        for id in ids {
            assert!(is_an_id(id), "{id}");
        }
        for sentence in sentences {
            assert!(is_a_sentence(sentence), "{sentence}");
        }
    }
}

#[test]
fn every_name_is_a_requirement_and_a_null_server_is_named_so() {
    let catalogue = Catalogue::compiled_in().unwrap();
    for subject in catalogues().concat() {
        let null = subject.id.starts_with("null-");
        assert_eq!(null, subject.kind == Kind::NullServer, "{}", subject.id);
        for id in subject.about {
            let known = catalogue.requirement(id).is_some();
            assert!(known, "{} names {id}", subject.id);
        }
    }
}
