//! The catalogue of faults leaves no requirement out.

use super::{all, caught_by};
use crate::suite::{Catalogue, Level};

#[test]
fn a_fault_is_about_something_and_every_requirement_has_a_fault() {
    let faults = all();
    assert!(faults.iter().all(|fault| !fault.about.is_empty()));
    assert!(faults.len() > 170, "{} faults", faults.len());
    for requirement in &Catalogue::compiled_in().unwrap().requirements {
        let faults = caught_by(&requirement.id);
        assert!(!faults.is_empty(), "no fault is about {}", requirement.id);
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
