//! Records what cucumber's events tell: the writer that everything else is read from.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::Duration,
};

use cucumber::{Event, cli, event, gherkin, parser, writer};

use super::progress::Observer;
use crate::{
    catalogue::{Case, Catalogue},
    failure::{FailedStep, Failure, Obstacle},
    requirement::Location,
    run::Outcome,
    transcript::Exchange,
    world::{Stopped, World},
};

/// What became of a case.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub(super) outcome: Outcome,
    pub(super) duration: Duration,
    pub(super) exchanges: Vec<Exchange>,
}

impl Done {
    pub(super) fn without_a_turn(outcome: Outcome) -> Self {
        Self {
            outcome,
            duration: Duration::ZERO,
            exchanges: Vec::new(),
        }
    }
}

/// The record of a run while it goes on. It outlives a run that is given up.
#[derive(Debug)]
pub(super) struct Journal {
    cases: Vec<Case>,
    by_place: HashMap<(String, usize), usize>,
    done: RefCell<HashMap<usize, Done>>,
    defect: RefCell<Option<String>>,
    begun: Cell<bool>,
}

impl Journal {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let by_place = catalogue
            .cases
            .iter()
            .map(|case| {
                (
                    (case.location.file.clone(), case.location.line),
                    case.number,
                )
            })
            .collect();
        Self {
            cases: catalogue.cases.clone(),
            by_place,
            done: RefCell::default(),
            defect: RefCell::default(),
            begun: Cell::new(false),
        }
    }

    pub(super) fn put(&self, case: usize, done: Done) {
        self.done.borrow_mut().insert(case, done);
    }

    pub(super) fn take(&self, case: usize) -> Option<Done> {
        self.done.borrow_mut().remove(&case)
    }

    pub(super) fn has(&self, case: usize) -> bool {
        self.done.borrow().contains_key(&case)
    }

    /// Notes that the first scenario is about to have its turn.
    pub(super) fn begin(&self) {
        self.begun.set(true);
    }

    pub(super) fn has_begun(&self) -> bool {
        self.begun.get()
    }

    /// Notes that the runner is at fault; the first note stays.
    pub(super) fn blame_runner(&self, what: String) {
        self.defect.borrow_mut().get_or_insert(what);
    }

    pub(super) fn defect(&self) -> Option<String> {
        self.defect.borrow().clone()
    }

    fn case(&self, feature: &gherkin::Feature, scenario: &gherkin::Scenario) -> Option<&Case> {
        let file = feature.path.as_ref()?.display().to_string();
        let number = self.by_place.get(&(file, scenario.position.line))?;
        self.cases.get(*number)
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

/// The writer: tells the observer, and notices what the driver cannot.
pub(super) struct Collector {
    journal: Rc<Journal>,
    observer: Rc<dyn Observer>,
}

impl Collector {
    pub(super) fn new(journal: Rc<Journal>, observer: Rc<dyn Observer>) -> Self {
        Self { journal, observer }
    }

    fn scenario(&self, case: &Case, event: &event::Scenario<World>) {
        match event {
            event::Scenario::Started => self.observer.starts(case),
            event::Scenario::Finished => {
                let done = self.journal.done.borrow();
                if let Some(done) = done.get(&case.number) {
                    self.observer.ends(case, &done.outcome);
                }
            }
            event::Scenario::Background(_, event::Step::Skipped)
            | event::Scenario::Step(_, event::Step::Skipped) => {
                self.journal
                    .blame_runner(format!("{}: a step has no definition", case.location));
            }
            _ => {}
        }
    }
}

impl cucumber::Writer<World> for Collector {
    type Cli = cli::Empty;

    async fn handle_event(
        &mut self,
        event: parser::Result<Event<event::Cucumber<World>>>,
        _: &cli::Empty,
    ) {
        let event = match event {
            Ok(event) => event.into_inner(),
            Err(error) => {
                self.journal.blame_runner(error.to_string());
                return;
            }
        };
        if let event::Cucumber::Feature(
            feature,
            event::Feature::Rule(_, event::Rule::Scenario(scenario, what)),
        ) = event
        {
            match self.journal.case(&feature, &scenario) {
                Some(case) => self.scenario(case, &what.event),
                None => self.journal.blame_runner(format!(
                    "an event of an unknown scenario, \"{}\"",
                    scenario.name
                )),
            }
        }
    }
}

impl writer::Normalized for Collector {}
