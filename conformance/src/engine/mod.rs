//! Runs a selection of the catalogue against a target: cucumber with a parser that hands over
//! parsed features, a runner that keeps our order, and a writer that records.

mod collector;
mod conclude;
mod driver;
mod feed;
mod fresh;
mod panics;
mod progress;
mod ready;
mod sanity;
mod scenario;

pub use progress::{Observer, Silent};

use std::{
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use cucumber::{Cucumber, cli};

use crate::{
    catalogue::{Catalogue, plan},
    client::{Client, ClientSettings},
    context::{Context, Health},
    failure::Obstacle,
    names::Names,
    run::{Ending, Outcome, Run, ScenarioRecord, Suite, TargetInfo},
    target::{FreshStart, Target},
};
use collector::{Collector, Journal};

/// How a run is carried out.
#[derive(Clone, Debug)]
pub struct EngineSettings {
    /// How requests are sent.
    pub client: ClientSettings,
    /// How many scenarios may run at once.
    pub concurrency: usize,
    /// The most time for the whole run.
    pub deadline: Duration,
    /// How long to wait for the target's first answer.
    pub wait: Duration,
    /// What the data is made from.
    pub seed: u64,
    /// Whether the order is shuffled by the seed.
    pub shuffle: bool,
    /// Whether `should` counts.
    pub strict: bool,
}

impl Default for EngineSettings {
    fn default() -> Self {
        Self {
            client: ClientSettings::default(),
            concurrency: 1,
            deadline: Duration::from_mins(10),
            wait: Duration::from_secs(2),
            seed: Names::random_seed(),
            shuffle: false,
            strict: false,
        }
    }
}

/// Why a run could not even begin.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client can be made: {0}")]
pub struct EngineError(#[from] reqwest::Error);

/// Runs the cases with the numbers `selected` and records what happens. `interrupt` ends the run
/// when it is ready, and what was recorded so far is kept.
///
/// # Errors
/// When no HTTP client can be made. Everything else is part of the record.
pub async fn run(
    catalogue: &Catalogue,
    selected: &[usize],
    target: &Target,
    settings: &EngineSettings,
    observer: Rc<dyn Observer>,
    interrupt: impl Future<Output = ()>,
) -> Result<Run, EngineError> {
    panics::expect_stops();
    let (started, clock) = (SystemTime::now(), Instant::now());
    let client = Client::new(target.base.clone(), settings.client.clone())?;
    let context = Arc::new(Context::new(client, Names::new(settings.seed)));
    let journal = Rc::new(Journal::new(catalogue));
    let mut info = target.info.clone();

    let work = async {
        match ready::wait(&context, settings.wait).await {
            Err(why) => Ending::Unreachable(why),
            Ok(server) => {
                info.server = server;
                let started = (&context, target.fresh.clone());
                drive(catalogue, selected, settings, started, &journal, observer).await;
                match (context.health(), journal.defect()) {
                    (_, Some(defect)) => Ending::Defect(defect),
                    (Health::Lost(why), None) => Ending::TargetLost(why),
                    _ => Ending::Finished,
                }
            }
        }
    };
    let ending = tokio::select! {
        ending = tokio::time::timeout(settings.deadline, work) =>
            ending.unwrap_or(Ending::DeadlinePassed(settings.deadline)),
        () = interrupt => Ending::Interrupted,
    };
    let mut scenarios = records(catalogue, selected, &journal, &ending);
    conclude::conclude(catalogue, &mut scenarios, &context.watch.without_refusal());
    Ok(Run {
        suite: suite(catalogue),
        target: info,
        seed: settings.seed,
        started,
        duration: clock.elapsed(),
        strict: settings.strict,
        requirements: catalogue.requirements.clone(),
        scenarios,
        counts: context.client.counts(),
        ending,
    })
}

async fn drive(
    catalogue: &Catalogue,
    selected: &[usize],
    settings: &EngineSettings,
    (context, fresh): (&Arc<Context>, Option<Arc<dyn FreshStart>>),
    journal: &Rc<Journal>,
    observer: Rc<dyn Observer>,
) {
    let parts = plan::plan(
        &catalogue.cases,
        selected,
        settings.shuffle.then_some(settings.seed),
    );
    observer.begins(selected.len());
    let cases: Vec<_> = parts
        .iter()
        .flat_map(|part| &part.cases)
        .map(|number| catalogue.cases[*number].clone())
        .collect();
    let driver = driver::Driver::new(
        Arc::clone(context),
        fresh::Starts::new(fresh),
        Rc::clone(journal),
        &parts,
        &catalogue.cases,
        settings.concurrency.max(1),
    );
    let collector = Collector::new(Rc::clone(journal), observer);
    Cucumber::<_, _, _, _, _, cli::Empty>::custom(feed::Feed, driver, collector)
        .with_default_cli()
        .run(cases)
        .await;
}

/// Which suite a catalogue is.
pub fn suite(catalogue: &Catalogue) -> Suite {
    Suite {
        name: "authspec".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        digest: catalogue.digest.clone(),
    }
}

/// A record for every scenario of the suite, whether it had its turn or not.
fn records(
    catalogue: &Catalogue,
    selected: &[usize],
    journal: &Journal,
    ending: &Ending,
) -> Vec<ScenarioRecord> {
    let due = match ending {
        Ending::Finished => "its turn never came".to_owned(),
        Ending::Unreachable(why) | Ending::TargetLost(why) => why.clone(),
        Ending::DeadlinePassed(limit) => format!(
            "the time for the whole run, {}, had passed",
            humantime::format_duration(*limit)
        ),
        Ending::Interrupted => "the run was interrupted".to_owned(),
        Ending::Defect(what) => format!("the runner failed: {what}"),
    };
    catalogue
        .cases
        .iter()
        .map(|case| {
            let done = journal.take(case.number);
            let waiting = if selected.contains(&case.number) {
                Outcome::Incomplete(Obstacle::outside(due.clone()))
            } else {
                Outcome::NotRun
            };
            let (outcome, duration, exchanges) = match done {
                Some(done) => (done.outcome, done.duration, done.exchanges),
                None => (waiting, Duration::ZERO, Vec::new()),
            };
            ScenarioRecord {
                requirement: case.requirement.clone(),
                name: case.name.clone(),
                location: case.location.clone(),
                outcome,
                duration,
                exchanges,
            }
        })
        .collect()
}

/// A record of a run that never reached its target or never began, for reports.
pub fn nothing_ran(
    catalogue: &Catalogue,
    selected: &[usize],
    target: TargetInfo,
    settings: &EngineSettings,
    ending: Ending,
) -> Run {
    let journal = Journal::new(catalogue);
    Run {
        suite: suite(catalogue),
        target,
        seed: settings.seed,
        started: SystemTime::now(),
        duration: Duration::ZERO,
        strict: settings.strict,
        requirements: catalogue.requirements.clone(),
        scenarios: records(catalogue, selected, &journal, &ending),
        counts: crate::run::Counts::default(),
        ending,
    }
}
