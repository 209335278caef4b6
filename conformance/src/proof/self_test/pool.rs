//! Many trials, a bounded number at once.

use std::{
    num::NonZeroUsize,
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use super::{Kind, Subject, Trial, TrialSettings};
use crate::{run::contained, suite::Catalogue};

/// Judges all subjects, `at_once` at a time, and tells `watch` of each as it ends. Ends early,
/// with what there is, when `stop` becomes true. The trials come back in the order of the
/// subjects.
pub fn try_all(
    subjects: &[Subject],
    catalogue: &Catalogue,
    settings: &TrialSettings,
    at_once: NonZeroUsize,
    stop: &AtomicBool,
    mut watch: impl FnMut(&Trial),
) -> Vec<Trial> {
    // The long trials first, so that short ones are left for the end, when some threads have none.
    let mut order: Vec<usize> = (0..subjects.len()).collect();
    order.sort_by_key(|number| subjects[*number].kind == Kind::Fault);
    let (order, next) = (&order, AtomicUsize::new(0));
    let (sender, receiver) = mpsc::channel();
    let mut trials: Vec<(usize, Trial)> = Vec::with_capacity(subjects.len());
    thread::scope(|scope| {
        for _ in 0..at_once.get().min(subjects.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let Some(number) = order.get(next.fetch_add(1, Ordering::Relaxed)).copied()
                    else {
                        break;
                    };
                    let subject = &subjects[number];
                    let judge = || Trial::of(subject.clone(), catalogue, settings, stop);
                    let trial = contained(judge)
                        .unwrap_or_else(|what| Trial::panicked(subject.clone(), what));
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
