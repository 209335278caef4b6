//! Who is judged: every fault, every null server and every freedom, in one list.

use crate::proof::{
    faults, freedoms, null_servers,
    subject::{Kind, Past, Subject},
};

impl Subject {
    /// All of them, those that take longest first.
    pub fn all() -> Vec<Self> {
        let mut subjects = [faults::all(), null_servers::all(), freedoms::all()].concat();
        subjects.sort_by_key(|subject| match (subject.past, subject.kind) {
            (Past::Populated(_), _) => 0,
            (Past::Judged, _) => 1,
            (Past::Fresh, Kind::NullServer) => 2,
            (Past::Fresh, Kind::Freedom) => 3,
            (Past::Fresh, Kind::Fault) => 4,
        });
        subjects
    }
}
