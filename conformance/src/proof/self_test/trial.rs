//! One run of the suite against one subject.

use std::{
    rc::Rc,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use super::{Kind, Subject, stage};
use crate::{
    proof::{
        proxy::{Ask, Upstream},
        subject::Past,
    },
    run::{self, Ending, EngineSettings, Outcome, Run, Silent},
    scenario::Names,
    suite::{Catalogue, Level},
    target::{Reference, Target},
    verdict::{self, Verdict},
};

/// The bcrypt cost of the reference servers behind the subjects: the cheapest there is, as the
/// suite sees no difference.
const BCRYPT_COST: u32 = 4;

/// The pause for subjects that take offence at haste: what a foreign target gets by default.
const PAUSE: Duration = Duration::from_millis(10);

/// How often to look whether the trials are to stop.
const STOP: Duration = Duration::from_millis(100);

/// What stands behind the subjects.
#[derive(Clone, Debug)]
pub enum Base {
    /// A reference server for each, in this process.
    Reference,
    /// One server that runs already and keeps the document.
    Url(String),
}

/// How much of the suite judges a fault. Whoever else is judged is judged by all of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Extent {
    /// The requirements that must catch it, and all others only where those do not.
    WhatMustCatch,
    /// All of it, whatever that tells.
    Whole,
}

/// How subjects are judged.
#[derive(Clone, Debug)]
pub struct TrialSettings {
    /// What stands behind them.
    pub base: Base,
    /// How much of the suite judges a fault.
    pub extent: Extent,
    /// How the suite is run; with several scenarios at once it is run twice.
    pub engine: EngineSettings,
}

/// What the suite said of a subject.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Who was judged.
    pub subject: Subject,
    /// The verdict on each requirement, in the order of the suite, with its level.
    pub verdicts: Vec<(String, Level, Verdict)>,
    /// For each requirement that failed, the first failure in a line.
    pub failures: Vec<(String, String)>,
    /// Whether it was judged again with scenarios side by side.
    pub beside: bool,
    /// The requirements that got another verdict where scenarios ran side by side: the id, the
    /// verdict of one at a time, and the other.
    pub unlike: Vec<(String, Verdict, Verdict)>,
    /// Why the trial proves nothing, where that is so.
    pub broken: Option<String>,
    /// Whether that is the runner's own fault.
    pub is_defect: bool,
    /// How long it took.
    pub duration: Duration,
    /// How many requests the suite sent.
    pub requests: u64,
}

impl Trial {
    /// The requirements with that verdict, in the order of the suite.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = (&str, Level)> {
        self.verdicts
            .iter()
            .filter(move |(_, _, found)| *found == verdict)
            .map(|(id, level, _)| (id.as_str(), *level))
    }

    /// The verdict on one requirement.
    pub fn verdict(&self, id: &str) -> Option<Verdict> {
        let found = self.verdicts.iter().find(|(known, _, _)| known == id);
        found.map(|(_, _, verdict)| *verdict)
    }

    /// What is left of a trial that ended in a panic.
    pub(super) fn panicked(subject: Subject, what: String) -> Self {
        Self {
            broken: Some(what),
            is_defect: true,
            ..Self::none(subject)
        }
    }

    fn none(subject: Subject) -> Self {
        Self {
            subject,
            verdicts: Vec::new(),
            failures: Vec::new(),
            beside: false,
            unlike: Vec::new(),
            broken: None,
            is_defect: false,
            duration: Duration::ZERO,
            requests: 0,
        }
    }

    /// Judges one subject in the calling thread, which must not be a runtime's own: one scenario
    /// at a time, and then again as many at once as the settings say. Ends early when `stop`
    /// becomes true.
    pub fn of(
        subject: Subject,
        catalogue: &Catalogue,
        TrialSettings {
            base,
            extent,
            engine,
        }: &TrialSettings,
        stop: &AtomicBool,
    ) -> Self {
        // What is compared has to be the same.
        let extent = match engine.concurrency {
            0 | 1 => *extent,
            _ => Extent::Whole,
        };
        let started = Instant::now();
        let seed = Names::random_seed();
        let judged = |concurrency: usize, extent: Extent| {
            let settings = EngineSettings {
                concurrency,
                // A target of our own is a new one each time, and gets the same data.
                seed: match base {
                    Base::Reference => seed,
                    Base::Url(_) => Names::random_seed(),
                },
                ..engine.clone()
            };
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(|error| format!("no runtime can be started: {error}"))?;
            let selected = selected(&subject, catalogue, extent);
            let judged = judge(&subject, catalogue, &selected, base, &settings, stop);
            let result = runtime.block_on(judged);
            runtime.shutdown_background();
            result
        };
        let first = judged(1, extent).and_then(|run| {
            // Some of what a fault does shows only in what other requirements ask for.
            let survives = |id: &&str| verdict_on(&run, id) != Some(Verdict::Fail);
            let is_fault = subject.kind == Kind::Fault;
            if extent != Extent::Whole && is_fault && subject.about.iter().any(survives) {
                judged(1, Extent::Whole)
            } else {
                Ok(run)
            }
        });
        let result = first.and_then(|alone| {
            let beside = match engine.concurrency {
                0 | 1 => None,
                many => Some(judged(many, Extent::Whole)?),
            };
            // What is about haste is not the same twice, whatever goes on beside it.
            let beside = beside.filter(|_| !subject.minds_haste());
            let mut unlike = beside
                .as_ref()
                .map(|beside| unlike(&alone, beside))
                .unwrap_or_default();
            if !unlike.is_empty() {
                // What changes from time to time by itself, as haste does, tells nothing.
                let again = verdicts(&judged(1, Extent::Whole)?);
                unlike.retain(|(id, one, _)| {
                    again
                        .iter()
                        .any(|(known, _, verdict)| known == id && verdict == one)
                });
            }
            Ok((alone, beside, unlike))
        });
        let trial = Self {
            duration: started.elapsed(),
            ..Self::none(subject)
        };
        match result {
            Ok((alone, beside, unlike)) => Self {
                verdicts: verdicts(&alone),
                failures: failures(&alone),
                beside: beside.is_some(),
                unlike,
                broken: broken(&alone, trial.subject.kind)
                    .or_else(|| broken(beside.as_ref()?, trial.subject.kind)),
                is_defect: [Some(&alone), beside.as_ref()]
                    .into_iter()
                    .flatten()
                    .any(|run| matches!(run.ending, Ending::Defect(_))),
                requests: alone.counts.requests,
                ..trial
            },
            Err(why) => Self {
                broken: Some(why),
                ..trial
            },
        }
    }
}

/// The cases that a subject is judged by.
fn selected(subject: &Subject, catalogue: &Catalogue, extent: Extent) -> Vec<usize> {
    let whole = extent == Extent::Whole || subject.kind != Kind::Fault;
    let due = catalogue
        .cases
        .iter()
        .filter(|case| whole || subject.about.contains(&case.requirement.as_str()));
    due.map(|case| case.number).collect()
}

async fn judge(
    subject: &Subject,
    catalogue: &Catalogue,
    selected: &[usize],
    base: &Base,
    settings: &EngineSettings,
    stop: &AtomicBool,
) -> Result<Run, String> {
    let reference = match base {
        Base::Reference if subject.needs_target() => Some(
            Reference::start(BCRYPT_COST)
                .await
                .map_err(|error| error.to_string())?,
        ),
        _ => None,
    };
    let url = match (base, &reference) {
        (Base::Url(url), _) => url.clone(),
        (Base::Reference, Some(reference)) => reference.target.base.to_string(),
        // A null server asks nobody.
        (Base::Reference, None) => "http://localhost.invalid".to_owned(),
    };
    let upstream = Upstream::new(&url).map_err(|error| error.to_string())?;
    let targets = reference
        .as_ref()
        .and_then(|reference| reference.target.fresh.clone());
    let (running, target) = stage::start(subject, &upstream, targets).await?;
    let judge = async |target: &Target, seed: u64| {
        let mut settings = EngineSettings {
            seed,
            strict: true,
            // What a null server passes is for the whole run to say.
            verdicts_only: subject.kind == Kind::Fault,
            ..settings.clone()
        };
        if subject.minds_haste() {
            settings.client.pause = settings.client.pause.max(PAUSE);
        }
        run::run(
            catalogue,
            selected,
            target,
            &settings,
            Rc::new(Silent),
            becomes_true(stop),
        )
        .await
        .map_err(|error| error.to_string())
    };
    match subject.past {
        Past::Fresh => {}
        Past::Judged => {
            judge(&target, Names::random_seed()).await?;
        }
        Past::Populated(users) => {
            let populated = tokio::time::timeout(settings.deadline, populate(&upstream, users));
            let limit = humantime::format_duration(settings.deadline);
            let late = format!("the target did not take {users} users within {limit}");
            tokio::select! {
                populated = populated => populated.map_err(|_| late)?,
                () = becomes_true(stop) => return Err("it was stopped".to_owned()),
            }
        }
    }
    let run = judge(&target, settings.seed).await;
    running.stop().await;
    if let Some(reference) = reference {
        reference.stop().await;
    }
    run
}

/// Ready soon after `stop` has become true.
async fn becomes_true(stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(STOP).await;
    }
}

/// Registers users straight at the target, a few at once.
async fn populate(upstream: &Upstream, users: usize) {
    use futures::StreamExt as _;
    let run = uuid::Uuid::new_v4().simple().to_string();
    futures::stream::iter(0..users)
        .for_each_concurrent(4, |number| {
            let email = format!("user.{number}.{run}@example.com");
            let fields = [("email", email.as_str()), ("password", "populated")];
            let ask = Ask::form(hyper::Method::POST, "/users", &fields);
            async move {
                upstream.send(ask).await;
            }
        })
        .await;
}

fn verdict_on(run: &Run, id: &str) -> Option<Verdict> {
    let requirement = run.requirements.iter().find(|known| known.id == id)?;
    Some(verdict::of(run, requirement))
}

fn verdicts(run: &Run) -> Vec<(String, Level, Verdict)> {
    run.requirements
        .iter()
        .map(|requirement| {
            let verdict = verdict::of(run, requirement);
            (requirement.id.clone(), requirement.level, verdict)
        })
        .collect()
}

/// What got another verdict beside others than alone.
fn unlike(alone: &Run, beside: &Run) -> Vec<(String, Verdict, Verdict)> {
    let pairs = verdicts(alone).into_iter().zip(verdicts(beside));
    pairs
        .filter(|((_, _, one), (_, _, other))| one != other)
        .map(|((id, _, one), (_, _, other))| (id, one, other))
        .collect()
}

fn failures(run: &Run) -> Vec<(String, String)> {
    run.requirements
        .iter()
        .filter_map(|requirement| {
            let failed = run.scenarios_of(&requirement.id).find_map(|scenario| {
                let Outcome::Failed(failure) = &scenario.outcome else {
                    return None;
                };
                let mismatch = failure.mismatches.first()?;
                Some(format!(
                    "{}: {} is {} instead of {}",
                    scenario.name, mismatch.what, mismatch.actual, mismatch.expected
                ))
            })?;
            Some((requirement.id.clone(), failed))
        })
        .collect()
}

fn broken(run: &Run, kind: Kind) -> Option<String> {
    match &run.ending {
        Ending::Finished => None,
        // A server that does nothing may be given up.
        Ending::Unreachable(_) | Ending::TargetLost(_) if kind == Kind::NullServer => None,
        Ending::Unreachable(why) | Ending::TargetLost(why) => Some(why.clone()),
        Ending::DeadlinePassed(limit) => Some(format!(
            "the run took longer than {}",
            humantime::format_duration(*limit)
        )),
        Ending::Interrupted => Some("the run was interrupted".to_owned()),
        Ending::Defect(what) => Some(format!("the runner failed: {what}")),
    }
}
