//! What one scenario remembers: the people in it, everything it sent, and why it stopped.

mod fixtures;
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

use crate::{
    http::{Exchange, Mismatch, NoResponse, Request},
    model::History,
    scenario::{Context, Health, Obstacle, departs::is_limit, expect},
};

/// The state of one scenario.
#[derive(Debug, cucumber::World)]
#[world(init = Self::unattached)]
pub struct World {
    context: Option<Arc<Context>>,
    /// Where the scenario stands: what tells its data from that of others.
    place: String,
    people: BTreeMap<String, Person>,
    exchanges: Vec<Exchange>,
    /// The exchanges of the scenario's acts: what "the answer" and "every answer" mean.
    acts: Vec<usize>,
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
    /// What cucumber makes when nobody has said for which run. Its steps stop at once.
    fn unattached() -> Self {
        Self {
            context: None,
            place: String::new(),
            people: BTreeMap::new(),
            exchanges: Vec::new(),
            acts: Vec::new(),
            walked: None,
            stopped: None,
        }
    }

    /// The world of a scenario at `place` in a run.
    pub fn new(context: Arc<Context>, place: String) -> Self {
        Self {
            context: Some(context),
            place,
            ..Self::unattached()
        }
    }

    /// The run that the scenario belongs to.
    ///
    /// # Errors
    /// Stops where there is none, which is a defect of the runner.
    pub fn context(&mut self) -> Result<Arc<Context>, Stop> {
        match &self.context {
            Some(context) => Ok(Arc::clone(context)),
            None => Err(self.stop(Stopped::Defect("a world without a run".to_owned()))),
        }
    }

    /// Sends a request for the scenario's own sake: its answer is "the answer".
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn act(&mut self, request: Request) -> Result<At, Stop> {
        let at = self.exchange(request, false).await?;
        self.acts.push(at);
        Ok(at)
    }

    /// Sends a request that looks at what an act has led to.
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn look(&mut self, request: Request) -> Result<At, Stop> {
        self.exchange(request, false).await
    }

    /// Sends several requests at the same time; their answers are "every answer".
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn act_at_once(&mut self, requests: Vec<Request>) -> Result<Vec<At>, Stop> {
        let context = self.context()?;
        self.still_there(&context)?;
        let sent = requests.iter().map(|request| context.send_at_once(request));
        let exchanges = futures::future::join_all(sent).await;
        let first = self.exchanges.len();
        for (request, exchange) in requests.iter().zip(exchanges) {
            self.exchanges
                .push(context.take_in_beside_others(request, exchange).await);
        }
        let all: Vec<At> = (first..self.exchanges.len()).collect();
        for at in &all {
            self.given_up(*at)?;
        }
        self.acts.extend(&all);
        Ok(all)
    }

    async fn exchange(&mut self, request: Request, fixture: bool) -> Result<At, Stop> {
        let context = self.context()?;
        self.still_there(&context)?;
        let mut exchange = context.send(&request).await;
        exchange.fixture = fixture;
        let limit = exchange
            .answer
            .as_ref()
            .ok()
            .filter(|response| is_limit(response));
        let limit = limit.map(|response| limited(response.status));
        self.exchanges.push(exchange);
        let at = self.exchanges.len() - 1;
        self.given_up(at)?;
        if let Some(why) = limit {
            let obstacle = Obstacle {
                exchange: Some(at),
                ..Obstacle::outside(why)
            };
            return Err(self.stop(Stopped::Obstacle(obstacle)));
        }
        // Nothing was sent where no connection could be made, so nobody is at fault.
        self.still_there(&context)?;
        Ok(at)
    }

    /// Stops where an answer did not come because of an end: that of the run, with which nobody
    /// is at fault, or that of a process of ours, which owed it.
    fn given_up(&mut self, at: At) -> Result<(), Stop> {
        let why = match &self.exchanges[at].answer {
            Err(NoResponse::CutShort(why)) => why.clone(),
            Err(none @ NoResponse::Ended(_)) => {
                let mismatch = Mismatch::new("answer", "one", none.to_string());
                return self.judge(at, vec![mismatch]);
            }
            _ => return Ok(()),
        };
        Err(self.stop(Stopped::Obstacle(Obstacle {
            exchange: Some(at),
            ..Obstacle::outside(why)
        })))
    }

    fn still_there(&mut self, context: &Context) -> Result<(), Stop> {
        match context.health() {
            // Whether a wrecked target is asked at all is for the driver to say.
            Health::Well | Health::Wrecked { .. } => Ok(()),
            Health::Lost(why) => Err(self.stop(Stopped::Obstacle(Obstacle::outside(why)))),
        }
    }

    /// The exchange at `at`.
    pub fn at(&self, at: At) -> &Exchange {
        &self.exchanges[at]
    }

    /// The last answer to an act of the scenario.
    ///
    /// # Errors
    /// Stops where the scenario has not acted, which is a defect of the feature.
    pub fn answer(&mut self) -> Result<At, Stop> {
        match self.acts.last() {
            Some(at) => Ok(*at),
            None => Err(self.stop(Stopped::Defect(
                "no request was sent before this step".into(),
            ))),
        }
    }

    /// All answers to acts of the scenario.
    pub fn answers(&self) -> Vec<At> {
        self.acts.clone()
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
            Err(self.stop(Stopped::Fault {
                mismatches,
                exchange: at,
                story: None,
            }))
        }
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
        self.stop(Stopped::Fault {
            mismatches: vec![mismatch],
            exchange: Some(at),
            story: None,
        })
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
    pub fn finish(mut self) -> (Vec<Exchange>, Option<Stopped>) {
        if self.stopped.is_none()
            && let Some(context) = self.context.take()
        {
            for person in std::mem::take(&mut self.people).into_values() {
                if let Some(account) = person.into_account() {
                    context.accounts.give(account);
                }
            }
        }
        (self.exchanges, self.stopped)
    }
}
