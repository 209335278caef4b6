//! The parts of a run that was split with `--shard`, put together: the JSON reports of the parts
//! become the report of the whole, in which nothing but times and addresses differs from it, and
//! the fixtures, because parts cannot hand accounts to each other.

use crate::{
    exit::ExitStatus,
    report::json::{Document, RequirementEntry, ScenarioEntry, TotalsByLevel},
    requirement::Level,
    verdict::{self, RunVerdict, Totals, Verdict},
};

/// Why reports are not parts of one run.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum MergeError {
    /// There is nothing to put together.
    #[error("there is no part")]
    Nothing,
    /// Part of another suite, or judged in another way.
    #[error("part {0} was judged by another suite, or with or without --strict, unlike part 1")]
    Unlike(usize),
    /// A scenario ran in two parts.
    #[error("part {part} has run {location} again: these are not the parts of one run")]
    Twice {
        /// Which part, counted from 1.
        part: usize,
        /// The scenario.
        location: String,
    },
    /// A baseline was applied to a part, which cannot know what is stale in the whole.
    #[error("part {0} was judged by a baseline: leave --baseline out of the parts")]
    Baseline(usize),
}

/// The report of the whole.
///
/// # Errors
/// When the reports are not parts of one run.
pub fn merge(parts: Vec<Document>) -> Result<Document, MergeError> {
    let mut parts = parts.into_iter().enumerate();
    let Some((_, mut whole)) = parts.next() else {
        return Err(MergeError::Nothing);
    };
    if whole.baseline.is_some() {
        return Err(MergeError::Baseline(1));
    }
    for (index, part) in parts {
        add(&mut whole, part, index + 1)?;
    }
    for requirement in &mut whole.requirements {
        let outcomes = requirement
            .scenarios
            .iter()
            .map(|scenario| scenario.outcome.as_str());
        requirement.verdict = verdict::of_outcomes(outcomes);
    }
    whole.totals = TotalsByLevel {
        must: totals(&whole, Level::Must),
        should: totals(&whole, Level::Should),
        may: totals(&whole, Level::May),
    };
    whole.verdict = run_verdict(&whole);
    whole.exit_status = exit_status(&whole).code();
    Ok(whole)
}

fn add(whole: &mut Document, part: Document, number: usize) -> Result<(), MergeError> {
    if part.baseline.is_some() {
        return Err(MergeError::Baseline(number));
    }
    let ids = |document: &Document| -> Vec<(String, usize)> {
        document
            .requirements
            .iter()
            .map(|requirement| (requirement.id.clone(), requirement.scenarios.len()))
            .collect()
    };
    if part.suite != whole.suite || part.strict != whole.strict || ids(&part) != ids(whole) {
        return Err(MergeError::Unlike(number));
    }
    for (mine, its) in whole.requirements.iter_mut().zip(part.requirements) {
        take(mine, its, number)?;
    }
    whole.duration_seconds += part.duration_seconds;
    if part.started < whole.started {
        whole.started = part.started;
    }
    whole.counts.requests += part.counts.requests;
    whole.counts.registrations += part.counts.registrations;
    whole.counts.logins += part.counts.logins;
    whole.counts.updates += part.counts.updates;
    whole.counts.hash_operations += part.counts.hash_operations;
    // How one part was cut short is how the whole was.
    if whole.ending.kind == "finished" || part.ending.kind == "defect" {
        whole.ending = part.ending;
    }
    Ok(())
}

fn take(mine: &mut RequirementEntry, its: RequirementEntry, part: usize) -> Result<(), MergeError> {
    let has_run = |scenario: &ScenarioEntry| scenario.outcome != "not-run";
    for (mine, its) in mine.scenarios.iter_mut().zip(its.scenarios) {
        if has_run(mine) && has_run(&its) {
            return Err(MergeError::Twice {
                part,
                location: its.location,
            });
        }
        if has_run(&its) {
            *mine = its;
        }
    }
    Ok(())
}

fn totals(whole: &Document, level: Level) -> Totals {
    let mut totals = Totals::default();
    for requirement in whole.requirements.iter().filter(|r| r.level == level) {
        totals.total += 1;
        match requirement.verdict {
            Verdict::Pass => totals.pass += 1,
            Verdict::Fail => totals.fail += 1,
            Verdict::Incomplete => totals.incomplete += 1,
            Verdict::NotRun => totals.not_run += 1,
        }
    }
    totals
}

fn run_verdict(whole: &Document) -> RunVerdict {
    let any = |wanted: Verdict| {
        whole
            .requirements
            .iter()
            .any(|r| r.level.counts(whole.strict) && r.verdict == wanted)
    };
    if any(Verdict::Fail) {
        RunVerdict::DoesNotConform
    } else if any(Verdict::Incomplete) {
        RunVerdict::Incomplete
    } else {
        RunVerdict::Conforms
    }
}

/// What the whole run would have ended with.
pub fn exit_status(whole: &Document) -> ExitStatus {
    match (whole.ending.kind.as_str(), whole.verdict) {
        ("defect", _) => ExitStatus::Defect,
        ("unreachable", _) => ExitStatus::Unreachable,
        (_, RunVerdict::DoesNotConform) => ExitStatus::Fails,
        (_, RunVerdict::Incomplete) => ExitStatus::Incomplete,
        (_, RunVerdict::Conforms) => ExitStatus::Conforms,
    }
}
