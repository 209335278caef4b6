//! A record for every scenario of the suite, also where it had no turn.

use std::time::{Duration, SystemTime};

use super::{Ending, EngineSettings, Outcome, Run, ScenarioRecord, Suite, journal::Journal};
use crate::{http::Counts, scenario::Obstacle, suite::Catalogue, target::TargetInfo};

/// Which suite a catalogue is.
pub fn suite(catalogue: &Catalogue) -> Suite {
    Suite {
        name: "authspec".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        digest: catalogue.digest.clone(),
    }
}

/// Why scenarios that were due had no turn.
pub(super) fn why_due(ending: &Ending) -> String {
    match ending {
        Ending::Finished => "its turn never came".to_owned(),
        Ending::Unreachable(why) | Ending::TargetLost(why) => why.clone(),
        Ending::DeadlinePassed(limit) => format!(
            "the time for the whole run, {}, had passed",
            humantime::format_duration(*limit)
        ),
        Ending::Interrupted => "the run was interrupted".to_owned(),
        Ending::Defect(what) => format!("the runner failed: {what}"),
    }
}

/// A record for every scenario of the suite, whether it had its turn or not.
pub(super) fn records(
    catalogue: &Catalogue,
    selected: &[usize],
    journal: &Journal,
    ending: &Ending,
) -> Vec<ScenarioRecord> {
    let due = why_due(ending);
    catalogue
        .cases
        .iter()
        .map(|case| {
            journal.take(case.number).unwrap_or_else(|| {
                let outcome = if selected.contains(&case.number) {
                    Outcome::Incomplete(Obstacle::outside(due.clone()))
                } else {
                    Outcome::NotRun
                };
                ScenarioRecord::without_a_turn(case, outcome)
            })
        })
        .collect()
}

/// A record of a run that never reached its target or never began, for reports.
pub(super) fn nothing_ran(
    catalogue: &Catalogue,
    selected: &[usize],
    target: TargetInfo,
    settings: &EngineSettings,
    ending: Ending,
) -> Run {
    let journal = Journal::default();
    Run {
        suite: suite(catalogue),
        target,
        seed: settings.seed,
        started: SystemTime::now(),
        duration: Duration::ZERO,
        strict: settings.strict,
        requirements: catalogue.requirements.clone(),
        scenarios: records(catalogue, selected, &journal, &ending),
        counts: Counts::default(),
        ending,
    }
}
