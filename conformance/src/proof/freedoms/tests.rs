//! The catalogue of freedoms touches no must.

use super::{all, touching};
use crate::suite::{Catalogue, Level};

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
