//! What one scenario remembers: the people in it, everything it sent, and why it stopped.

mod acts;
mod fixtures;
mod granted;
mod histories;
mod person;
mod roll;
mod shrink;
mod stop;
mod story;
mod walk;

pub use person::Person;
pub use stop::{Stop, Stopped};

use std::{collections::BTreeMap, sync::Arc};

use cucumber::gherkin::StepType;

use crate::{
    http::{Exchange, Mismatch},
    model::History,
    scenario::{Context, Obstacle, expect},
};

/// The state of one scenario.
#[derive(Debug, Default, cucumber::World)]
pub struct World {
    /// None in a world that cucumber makes when nobody has said for which run; its steps stop at
    /// once.
    context: Option<Arc<Context>>,
    /// Where the scenario stands: what tells its data from that of others.
    place: String,
    people: BTreeMap<String, Person>,
    exchanges: Vec<Exchange>,
    /// The exchanges of the scenario's acts: what "the answer" and "every answer" mean.
    acts: Vec<At>,
    /// Whose act it was, where that matters later.
    askers: BTreeMap<At, String>,
    /// The kind of the step that is carried out; none outside of features.
    step: Option<StepType>,
    /// The history that was walked and not yet judged.
    walked: Option<(History, walk::Walked)>,
    stopped: Option<Stopped>,
}

/// What is said where the target answers that it is asked too often.
fn limited(status: u16) -> String {
    format!(
        "the target limits how often it may be asked (it answered {status}): switch that limit off to have it judged"
    )
}

/// An index into the scenario's exchanges.
pub type At = usize;

impl World {
    /// The world of a scenario at `place` in a run.
    pub fn new(context: Arc<Context>, place: String) -> Self {
        Self {
            context: Some(context),
            place,
            ..Self::default()
        }
    }

    /// The run that the scenario belongs to.
    ///
    /// # Errors
    /// Stops where there is none, which is a defect of the runner.
    pub fn context(&mut self) -> Result<Arc<Context>, Stop> {
        match &self.context {
            Some(context) => Ok(Arc::clone(context)),
            None => Err(self.defect("a world without a run")),
        }
    }

    /// The exchange at `at`.
    pub fn at(&self, at: At) -> &Exchange {
        &self.exchanges[at]
    }

    /// Holds where nothing differs; otherwise the target is at fault, as `at` shows.
    ///
    /// # Errors
    /// Stops where something differs.
    pub fn judge(&mut self, at: At, mismatches: Vec<Mismatch>) -> Result<(), Stop> {
        self.judge_all(Some(at), mismatches)
    }

    /// The same for a fault that no single exchange shows.
    ///
    /// # Errors
    /// Stops where something differs.
    pub fn judge_all(&mut self, at: Option<At>, mismatches: Vec<Mismatch>) -> Result<(), Stop> {
        if mismatches.is_empty() {
            Ok(())
        } else {
            Err(self.fault(at, mismatches))
        }
    }

    fn fault(&mut self, exchange: Option<At>, mismatches: Vec<Mismatch>) -> Stop {
        self.stop(Stopped::Fault {
            mismatches,
            exchange,
            story: None,
        })
    }

    /// Stops the scenario: what stands in the way is not the doing of a step.
    fn hindered(&mut self, exchange: Option<At>, why: impl Into<String>) -> Stop {
        self.stop(Stopped::Obstacle(Obstacle {
            exchange,
            ..Obstacle::outside(why)
        }))
    }

    /// Holds where the status of the exchange will do.
    ///
    /// # Errors
    /// Stops where it does not.
    pub fn judge_status(&mut self, at: At, expected: &expect::Status) -> Result<(), Stop> {
        let mismatches = expect::status(self.at(at), expected);
        self.judge(at, mismatches)
    }

    /// Stops the scenario, which cannot go on without something that an answer before should have
    /// given: a target that lets a request fall now and then is at fault, not the runner. Where
    /// nothing was asked for before, the feature makes no sense.
    pub fn missing(&mut self, what: &str) -> Stop {
        let unanswered = |at: &&At| self.exchanges[**at].answer.is_err();
        let act = self.acts.iter().rev().find(unanswered).or(self.acts.last());
        let Some(at) = act.copied() else {
            return self.defect(format!("{what} is not there before this step"));
        };
        let came = match &self.exchanges[at].answer {
            Ok(response) => format!("status {} without it", response.status),
            Err(none) => none.to_string(),
        };
        let mismatch = Mismatch::new("answer", format!("one that gives {what}"), came);
        self.fault(Some(at), vec![mismatch])
    }

    /// Stops the scenario: a feature uses a step in a way that makes no sense.
    pub fn defect(&mut self, what: impl Into<String>) -> Stop {
        self.stop(Stopped::Defect(what.into()))
    }

    fn stop(&mut self, why: Stopped) -> Stop {
        self.stopped.get_or_insert(why);
        Stop(())
    }

    /// Whether a step has stopped the scenario.
    pub fn has_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// A password that belongs to nobody, the same one throughout the scenario.
    ///
    /// # Errors
    /// Stops where the world belongs to no run.
    pub fn another_password(&mut self) -> Result<String, Stop> {
        let place = self.place("another password");
        Ok(self.context()?.names.password(&place))
    }

    /// An email that nobody registers, the same one throughout the scenario.
    ///
    /// # Errors
    /// Stops where the world belongs to no run.
    pub fn unknown_email(&mut self) -> Result<String, Stop> {
        Ok(self.context()?.names.email("nobody", &self.place))
    }

    /// An email and a password that belong to nobody yet.
    ///
    /// # Errors
    /// Stops where the world belongs to no run.
    pub fn unused(&mut self) -> Result<(String, String), Stop> {
        let names = self.context()?.names;
        let password = names.password(&self.place("visitor"));
        Ok((names.email("visitor", &self.place), password))
    }

    /// Everybody in the scenario.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// What makes a name of the document this scenario's own.
    ///
    /// # Errors
    /// Stops where the world belongs to no run.
    pub fn tag(&mut self) -> Result<String, Stop> {
        let place = self.place("tag");
        Ok(self.context()?.names.tag(&place))
    }

    /// A place for data within the scenario.
    fn place(&self, what: &str) -> String {
        format!("{}/{what}", self.place)
    }

    /// Ends the scenario: hands its accounts on if it may, and gives away what it recorded.
    pub fn finish(self) -> (Vec<Exchange>, Option<Stopped>) {
        if self.stopped.is_none()
            && let Some(context) = self.context
        {
            let accounts = self.people.into_values().filter_map(Person::into_account);
            accounts.for_each(|account| context.accounts.give(account));
        }
        (self.exchanges, self.stopped)
    }
}
