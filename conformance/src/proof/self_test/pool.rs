//! Who is judged, and many trials, a bounded number at once.

use std::{
    num::NonZeroUsize,
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use super::{Kind, Subject, Trial, TrialSettings};
use crate::{
    proof::{faults, freedoms, null_servers, subject::Past},
    run::contained,
    suite::Catalogue,
};

impl Subject {
    /// Every fault, every null server and every freedom, those that take longest first.
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

/// Judges all subjects in their order, `at_once` at a time, and tells `watch` of each as it ends.
/// Ends early, with what there is, when `stop` becomes true. The trials come back in the order of
/// the subjects.
pub fn try_all(
    subjects: &[Subject],
    catalogue: &Catalogue,
    settings: &TrialSettings,
    at_once: NonZeroUsize,
    stop: &AtomicBool,
    mut watch: impl FnMut(&Trial),
) -> Vec<Trial> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut trials: Vec<(usize, Trial)> = Vec::with_capacity(subjects.len());
    thread::scope(|scope| {
        for _ in 0..at_once.get().min(subjects.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(subject) = subjects.get(number) else {
                        break;
                    };
                    let judge = || Trial::of(subject.clone(), catalogue, settings, stop);
                    let trial = contained(judge).unwrap_or_else(|what| Trial {
                        broken: Some(what),
                        is_defect: true,
                        ..Trial::none(subject.clone())
                    });
                    // What was stopped in the middle had no turn.
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    // The receiver outlives the scope's threads.
                    sender.send((number, trial)).ok();
                }
            });
        }
        drop(sender);
        for (number, trial) in &receiver {
            watch(&trial);
            trials.push((number, trial));
        }
    });
    trials.sort_by_key(|(number, _)| *number);
    trials.into_iter().map(|(_, trial)| trial).collect()
}
