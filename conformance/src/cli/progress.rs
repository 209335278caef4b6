//! What the waiting see: one line that changes on a terminal, a line now and then elsewhere.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    io::{IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

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
    terminal: bool,
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
            terminal: std::io::stderr().is_terminal(),
            due: Cell::new(0),
            done: RefCell::default(),
            failed: RefCell::default(),
            next: Cell::new(Instant::now() + PATIENCE),
            heading,
        }
    }

    /// Takes the changing line away.
    pub(super) fn clear(&self) {
        if self.terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
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
        if self.terminal {
            let line = format!("{}: {} {}", self.count(), case.requirement, case.name);
            let short: String = line.chars().take(78).collect();
            let _ = write!(std::io::stderr(), "\r\x1b[K{short}");
        }
    }

    fn ends(&self, case: &Case, outcome: &Outcome) {
        self.done.borrow_mut().insert(case.number);
        self.failed.borrow_mut().remove(&case.number);
        if matches!(outcome, Outcome::Failed(_)) {
            self.failed.borrow_mut().insert(case.number);
        }
        if !self.terminal && Instant::now() >= self.next.get() {
            self.next.set(Instant::now() + EVERY);
            let _ = writeln!(std::io::stderr(), "{} …", self.count());
        }
    }
}
