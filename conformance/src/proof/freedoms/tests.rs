//! The catalogue of freedoms holds together.

use std::collections::BTreeSet;

use super::{all, touching};
use crate::{
    proof::faults::tests::{is_a_sentence, is_an_id},
    suite::{Catalogue, Level},
};

#[test]
fn ids_are_unique_and_sentences_are_sentences() {
    let freedoms = all();
    let ids: BTreeSet<&str> = freedoms.iter().map(|freedom| freedom.id).collect();
    assert_eq!(ids.len(), freedoms.len(), "an id stands twice");
    for freedom in &freedoms {
        assert!(is_an_id(freedom.id), "{}", freedom.id);
        assert!(
            is_a_sentence(freedom.sentence),
            "{}: {}",
            freedom.id,
            freedom.sentence
        );
    }
}

#[test]
fn no_freedom_may_fail_a_must() {
    let catalogue = Catalogue::compiled_in().unwrap();
    for freedom in all() {
        for id in freedom.about {
            let requirement = catalogue.requirement(id).unwrap();
            assert_ne!(
                requirement.level,
                Level::Must,
                "{} may fail {id}",
                freedom.id
            );
        }
    }
    assert!(touching("LOGIN-1").is_empty());
    assert!(!touching("REG-11").is_empty());
}
