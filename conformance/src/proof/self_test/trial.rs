//! What the suite says of one subject.

use std::{
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

use super::{Kind, Subject, judge::judge};
use crate::{
    run::{Ending, EngineSettings, Outcome, Run},
    scenario::Names,
    suite::{Catalogue, Level},
    verdict::{self, Verdict},
};

/// What stands behind the subjects.
#[derive(Clone, Debug)]
pub enum Base {
    /// A reference server for each, in this process and without a network between.
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

    /// A trial that has said nothing.
    pub(super) fn none(subject: Subject) -> Self {
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
        settings: &TrialSettings,
        stop: &AtomicBool,
    ) -> Self {
        let started = Instant::now();
        let mut trial = Self::none(subject);
        trial.broken = trial.judge(catalogue, settings, stop).unwrap_or_else(Some);
        trial.duration = started.elapsed();
        trial
    }

    /// Fills in what the suite says, and tells why that proves nothing, where that is so.
    fn judge(
        &mut self,
        catalogue: &Catalogue,
        TrialSettings {
            base,
            extent,
            engine,
        }: &TrialSettings,
        stop: &AtomicBool,
    ) -> Result<Option<String>, String> {
        let subject = &self.subject;
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
            let judged = judge(subject, catalogue, extent, base, &settings, stop);
            let result = runtime.block_on(judged);
            runtime.shutdown_background();
            result
        };
        // What is compared has to be the same.
        let many = engine.concurrency > 1;
        let extent = if many { Extent::Whole } else { *extent };
        let mut alone = judged(1, extent)?;
        // Some of what a fault does shows only in what other requirements ask for.
        let survives = |id: &&str| !has(&alone, id, Verdict::Fail);
        let is_fault = subject.kind == Kind::Fault;
        if extent != Extent::Whole && is_fault && subject.about.iter().any(survives) {
            alone = judged(1, Extent::Whole)?;
        }
        let mut beside = None;
        if many {
            beside = Some(judged(engine.concurrency, Extent::Whole)?);
        }
        // What is about haste is not the same twice, whatever goes on beside it.
        let beside = beside.filter(|_| !subject.middleware.is_timing_sensitive);
        let mut unlike = beside
            .as_ref()
            .map(|beside| unlike(&alone, beside))
            .unwrap_or_default();
        if !unlike.is_empty() {
            // What changes from time to time by itself, as haste does, tells nothing.
            let again = judged(1, Extent::Whole)?;
            unlike.retain(|(id, one, _)| has(&again, id, *one));
        }
        self.verdicts = verdicts(&alone);
        self.failures = failures(&alone);
        self.beside = beside.is_some();
        self.unlike = unlike;
        self.requests = alone.counts.requests;
        let runs = || std::iter::once(&alone).chain(&beside);
        self.is_defect = runs().any(|run| matches!(run.ending, Ending::Defect(_)));
        Ok(runs().find_map(|run| broken(run, self.subject.kind)))
    }
}

/// Whether the requirement of that id has that verdict.
fn has(run: &Run, id: &str, verdict: Verdict) -> bool {
    let mut requirements = run.requirements.iter();
    requirements.any(|known| known.id == id && verdict::of(run, known) == verdict)
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
