//! One scenario on the page.

use super::{
    beside::beside,
    difference::Difference,
    exchange::{BRIEF_BODY, ExchangeView},
};
use crate::{
    run::{Outcome, Run, ScenarioRecord},
    scenario::{FailedStep, Story},
};

/// A scenario with what came of it.
pub(super) struct ScenarioView<'a> {
    pub(super) record: &'a ScenarioRecord,
    /// Why it could not be judged, or was left out.
    pub(super) cause: Option<&'a str>,
    pub(super) blocked_by: Option<&'a str>,
    pub(super) step: Option<&'a FailedStep>,
    /// The calls that led there.
    pub(super) story: Option<&'a Story>,
    pub(super) differences: Vec<Difference>,
    /// The exchange that shows what is wrong.
    pub(super) shown: Option<ExchangeView>,
    pub(super) transcript: Vec<ExchangeView>,
}

impl<'a> ScenarioView<'a> {
    pub(super) fn of(record: &'a ScenarioRecord, reference: Option<&Run>) -> Self {
        let brief = |exchange| ExchangeView::of(exchange, BRIEF_BODY);
        let mut view = Self {
            record,
            cause: None,
            blocked_by: None,
            step: None,
            story: None,
            differences: Vec::new(),
            shown: None,
            transcript: record.exchanges.iter().map(brief).collect(),
        };
        let (mismatches, index) = match &record.outcome {
            Outcome::Passed | Outcome::NotRun => return view,
            Outcome::Skipped(reason) => {
                view.cause = Some(reason);
                return view;
            }
            Outcome::Failed(failure) => {
                view.step = Some(&failure.step);
                view.story = failure.story.as_deref();
                (&failure.mismatches, failure.exchange)
            }
            Outcome::Incomplete(obstacle) => {
                view.cause = Some(&obstacle.cause);
                view.blocked_by = obstacle.blocked_by.as_deref();
                view.step = obstacle.step.as_ref();
                (&obstacle.mismatches, obstacle.exchange)
            }
        };
        view.differences = mismatches.iter().map(Difference::of).collect();
        view.shown = index.and_then(|index| {
            let exchange = record.exchanges.get(index)?;
            // A history that was shortened has no twin in another run.
            let reference = reference.filter(|_| view.story.is_none());
            let twin = reference.and_then(|run| twin(run, record)?.exchanges.get(index));
            Some(beside(exchange, twin))
        });
        view
    }

    /// The outcome in words.
    pub(super) fn word(&self) -> &'static str {
        match self.record.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed(_) => "failed",
            Outcome::Incomplete(_) => "could not be judged",
            Outcome::Skipped(_) => "left out",
            Outcome::NotRun => "not run",
        }
    }

    /// How long it took.
    pub(super) fn seconds(&self) -> String {
        format!("{:.3} s", self.record.duration.as_secs_f64())
    }
}

/// The same scenario in another run.
fn twin<'b>(run: &'b Run, record: &ScenarioRecord) -> Option<&'b ScenarioRecord> {
    run.scenarios.iter().find(|other| {
        other.requirement == record.requirement
            && other.location == record.location
            && other.name == record.name
    })
}
