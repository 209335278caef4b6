//! The record of a run while it goes on.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use cucumber::gherkin;

use crate::{
    run::{Outcome, ScenarioRecord},
    scenario::{FailedStep, Failure, Obstacle, Stopped},
    suite::{Case, Location},
};

/// The record of a run while it goes on. It outlives a run that is given up.
#[derive(Debug, Default)]
pub(super) struct Journal {
    done: RefCell<HashMap<usize, ScenarioRecord>>,
    defect: RefCell<Option<String>>,
    /// Whether the first scenario was about to have its turn.
    pub(super) begun: Cell<bool>,
}

impl Journal {
    pub(super) fn put(&self, case: usize, done: ScenarioRecord) {
        self.done.borrow_mut().insert(case, done);
    }

    pub(super) fn take(&self, case: usize) -> Option<ScenarioRecord> {
        self.done.borrow_mut().remove(&case)
    }

    pub(super) fn has(&self, case: usize) -> bool {
        self.done.borrow().contains_key(&case)
    }

    /// Notes that the runner is at fault; the first note stays.
    pub(super) fn blame_runner(&self, what: String) {
        self.defect.borrow_mut().get_or_insert(what);
    }

    pub(super) fn defect(&self) -> Option<String> {
        self.defect.borrow().clone()
    }
}

/// The outcome of a scenario that was carried out.
pub(super) fn outcome(case: &Case, stopped: Option<(Stopped, gherkin::Step)>) -> Outcome {
    let Some((stopped, step)) = stopped else {
        return Outcome::Passed;
    };
    let step = FailedStep {
        keyword: step.keyword.trim().to_owned(),
        text: step.value.clone(),
        location: Location {
            file: case.location.file.clone(),
            line: step.position.line,
        },
    };
    match stopped {
        Stopped::Fault {
            mismatches,
            exchange,
            story,
        } => Outcome::Failed(Failure {
            step,
            mismatches,
            exchange,
            story,
        }),
        Stopped::Obstacle(obstacle) => Outcome::Incomplete(Obstacle {
            step: Some(step),
            ..obstacle
        }),
        Stopped::Defect(what) => {
            Outcome::Incomplete(Obstacle::outside(format!("the runner failed: {what}")))
        }
    }
}
