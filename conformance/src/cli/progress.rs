//! What the waiting see: one line that changes on a terminal, a line now and then elsewhere.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    io::Write as _,
    time::{Duration, Instant},
};

use super::output::ChangingLine;
use crate::{
    report::terminal,
    run::{Observer, Outcome},
    suite::Case,
    target::TargetInfo,
};

/// Nothing is said about a run that is over sooner.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often a line is added where lines cannot change.
const EVERY: Duration = Duration::from_secs(10);

/// Tells how far a run is, on the standard error.
#[derive(Debug)]
pub(super) struct Progress {
    pub(super) line: ChangingLine,
    due: Cell<usize>,
    /// Numbers of cases: what ran beside others may run again.
    done: RefCell<BTreeSet<usize>>,
    failed: RefCell<BTreeSet<usize>>,
    next: Cell<Instant>,
    /// What prints the line that says what is judged, where one is wanted.
    heading: Option<fn(&str)>,
}

impl Progress {
    pub(super) fn new(heading: Option<fn(&str)>) -> Self {
        Self {
            line: ChangingLine::new(),
            due: Cell::new(0),
            done: RefCell::default(),
            failed: RefCell::default(),
            next: Cell::new(Instant::now() + PATIENCE),
            heading,
        }
    }

    fn count(&self) -> String {
        let failed = match self.failed.borrow().len() {
            0 => String::new(),
            failed => format!(", {failed} failed"),
        };
        format!(
            "{} of {} scenarios{failed}",
            self.done.borrow().len(),
            self.due.get()
        )
    }
}

impl Observer for Progress {
    fn meets(&self, target: &TargetInfo, seed: u64) {
        if let Some(print) = self.heading {
            print(&terminal::heading(target, seed));
        }
    }

    fn begins(&self, scenarios: usize) {
        self.due.set(scenarios);
    }

    fn starts(&self, case: &Case) {
        let count = self.count();
        self.line
            .show(&format!("{count}: {} {}", case.requirement, case.name));
    }

    fn ends(&self, case: &Case, outcome: &Outcome) {
        self.done.borrow_mut().insert(case.number);
        self.failed.borrow_mut().remove(&case.number);
        if matches!(outcome, Outcome::Failed(_)) {
            self.failed.borrow_mut().insert(case.number);
        }
        if !self.line.is_shown && Instant::now() >= self.next.get() {
            self.next.set(Instant::now() + EVERY);
            let _ = writeln!(std::io::stderr(), "{} …", self.count());
        }
    }
}
