//! Runs a selection of the catalogue against a target. Gherkin is our language and cucumber our
//! registry of steps; the order, the record and the care for the target are our own.

mod conclude;
pub mod doctor;
mod driver;
mod fresh;
mod job;
mod journal;
mod panics;
mod progress;
mod ready;
mod record;
mod records;
mod sanity;
mod scenario;
mod seed;
mod shared_start;
mod stop;
mod time;
mod turn;

pub use job::{Job, JobError};
pub use panics::{contained, said};
pub use progress::{Observer, Silent};
pub use record::{Ending, Outcome, Run, ScenarioRecord, Suite};
pub use records::suite;
pub use stop::StopSignal;
pub use time::Time;

use std::{
    cell::{OnceCell, RefCell},
    panic::AssertUnwindSafe,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use futures::FutureExt as _;

use crate::{
    http::{Client, ClientSettings},
    scenario::{Context, Health, Names},
    suite::{Catalogue, plan},
    target::{FreshStart, Target, TargetInfo},
};
use journal::Journal;
use records::{nothing_ran, records, why_due};

/// How a run is carried out.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
#[derive(Clone, Debug)]
pub struct EngineSettings {
    /// How requests are sent.
    pub client: ClientSettings,
    /// How many scenarios may run at once.
    pub concurrency: usize,
    /// The most time for the whole run.
    pub deadline: Duration,
    /// When judging has to be over, where the run began before the target could be judged, or
    /// goes on afterwards.
    pub until: Option<Instant>,
    /// How long to wait for the target's first answer.
    pub wait: Duration,
    /// What the data is made from.
    pub seed: u64,
    /// Whether somebody chose the seed, so that an earlier run may have had it.
    pub seed_is_chosen: bool,
    /// Whether the order is shuffled by the seed.
    pub shuffle: bool,
    /// Whether `should` counts.
    pub strict: bool,
    /// The last task that the target has to have done: what fails after it has used the route of
    /// a later one is skipped.
    pub up_to: Option<u8>,
    /// Whether nothing but the verdicts is wanted: no story is shortened, and what is left of a
    /// requirement that has failed has no turn.
    pub verdicts_only: bool,
}

impl Default for EngineSettings {
    fn default() -> Self {
        Self {
            client: ClientSettings::default(),
            concurrency: 1,
            deadline: Duration::from_mins(10),
            until: None,
            wait: Duration::from_secs(2),
            seed: Names::random_seed(),
            seed_is_chosen: false,
            shuffle: false,
            strict: false,
            up_to: None,
            verdicts_only: false,
        }
    }
}

/// How long what was given up may take to note where it was.
const LAST_NOTES: Duration = Duration::from_millis(500);

/// Why a run could not even begin.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The given certificates cannot be used.
    #[error("no HTTP client can be made: {0}")]
    Client(#[from] reqwest::Error),
    /// An earlier run has left what this one would make.
    #[error(
        "the data of seed {0} is on this target already, so no scenario was run: leave --seed out, or start the target with an empty store"
    )]
    SeedUsed(u64),
}

/// Runs the cases with the numbers `selected` and records what happens. `interrupt` ends the run
/// when it is ready, and what was recorded so far is kept.
///
/// # Errors
/// When no HTTP client can be made, or the chosen seed was used before. Everything else is part of
/// the record.
pub async fn run(
    catalogue: &Catalogue,
    selected: &[usize],
    target: &Target,
    settings: &EngineSettings,
    observer: Rc<dyn Observer>,
    interrupt: impl Future<Output = ()>,
) -> Result<Run, EngineError> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let client = Client::new(target.base.clone(), settings.client.clone())?;
    let mut context =
        Context::new(client, Names::new(settings.seed)).started_by(target.fresh.clone());
    context.verdicts_only = settings.verdicts_only;
    let context = Arc::new(context);
    let current = Rc::new(RefCell::new(Arc::clone(&context)));
    let journal = Rc::new(Journal::default());
    let server = OnceCell::new();

    let work = async {
        match ready::wait(&context, settings.wait).await {
            Ok(found) => server.get_or_init(|| found),
            Err(why) => return Ok(Ending::Unreachable(why)),
        };
        if settings.seed_is_chosen && seed::is_used(&context).await {
            return Err(EngineError::SeedUsed(settings.seed));
        }
        journal.begun.set(true);
        let started = (&current, target.fresh.clone());
        drive(catalogue, selected, settings, started, &journal, observer).await;
        let context = current.borrow();
        Ok(match context.health() {
            Health::Lost(why) => Ending::TargetLost(why),
            Health::Well | Health::Wrecked { .. } => Ending::Finished,
        })
    };
    let until = settings.until.unwrap_or(clock + settings.deadline);
    let mut work = std::pin::pin!(AssertUnwindSafe(work).catch_unwind());
    let cut = tokio::select! {
        ended = &mut work => Err(ended),
        () = tokio::time::sleep_until(until.into()) => Ok(Ending::DeadlinePassed(settings.deadline)),
        () = interrupt => Ok(Ending::Interrupted),
    };
    let (ended, cut) = match cut {
        Err(ended) => (Some(ended), None),
        // What is under way notes what it was waiting for.
        Ok(cut) => {
            context.cut(why_due(&cut));
            (tokio::time::timeout(LAST_NOTES, work).await.ok(), Some(cut))
        }
    };
    let ending = match (ended, cut) {
        (Some(Err(panic)), _) => Ending::Defect(panics::said(&*panic)),
        (_, Some(Ending::DeadlinePassed(limit))) if !journal.begun.get() => {
            let limit = humantime::format_duration(limit);
            let url = &target.info.url;
            Ending::Unreachable(format!(
                "{url} did not answer within {limit}, the time for the whole run"
            ))
        }
        (_, Some(cut)) => cut,
        (Some(Ok(ending)), None) => ending?,
        (None, None) => Ending::Interrupted,
    };
    // Whatever else came to pass: a defect of ours is what has to be told.
    let ending = journal.defect().map_or(ending, Ending::Defect);
    let mut scenarios = records(catalogue, selected, &journal, &ending);
    let without_refusal = current.borrow().watch.without_refusal();
    conclude::conclude(catalogue, &mut scenarios, &without_refusal);
    Ok(Run {
        suite: suite(catalogue),
        target: TargetInfo {
            server: server.get().cloned().flatten(),
            ..target.info.clone()
        },
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
    (context, fresh): (&driver::Current, Option<Arc<dyn FreshStart>>),
    journal: &Rc<Journal>,
    observer: Rc<dyn Observer>,
) {
    let parts = plan::plan(
        &catalogue.cases,
        selected,
        settings.shuffle.then_some(settings.seed),
    );
    observer.begins(selected.len());
    let driver = driver::Driver {
        context: Rc::clone(context),
        starts: fresh::Starts::new(fresh),
        journal: Rc::clone(journal),
        observer,
        concurrency: settings.concurrency.max(1),
        up_to: settings.up_to,
        before: RefCell::default(),
    };
    driver.drive(&parts, &catalogue.cases).await;
}

/// Waits until a target answers anything at all, at most for `limit`, or says why it cannot be
/// judged.
///
/// # Errors
/// When it does not answer in time.
pub async fn answers(context: &Context, limit: Duration) -> Result<(), String> {
    ready::wait(context, limit).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        suite::Case,
        target::Reference,
        verdict::{self, ExitStatus},
    };

    /// An observer that is out of order.
    #[derive(Debug)]
    struct Panicking;

    impl Observer for Panicking {
        fn starts(&self, _: &Case) {
            panic!("no such place");
        }
    }

    #[tokio::test]
    async fn a_panic_anywhere_is_a_defect_and_leaves_a_record() {
        let catalogue = Catalogue::compiled_in().unwrap();
        let all: Vec<usize> = (0..catalogue.cases.len()).collect();
        let reference = Reference::start(4).await.unwrap();
        let run = run(
            &catalogue,
            &all,
            &reference.target,
            &EngineSettings::default(),
            Rc::new(Panicking),
            std::future::pending(),
        )
        .await
        .unwrap();
        reference.stop().await;
        assert_eq!(
            run.ending,
            Ending::Defect("a panic: no such place".to_owned())
        );
        assert_eq!(verdict::exit_status(&run), ExitStatus::Defect);
        assert_eq!(run.scenarios.len(), catalogue.cases.len());
    }
}
