//! The record of a run with all its texts made safe to show.

use std::borrow::Cow;

use crate::{
    http::{Exchange, visible::visible},
    report::texts,
    run::{Outcome, Run},
    scenario::Failure,
};

/// A failure, with the exchange that shows it, made visible as [`visible_run`] makes a record.
pub(super) fn visible_failure(
    failure: &Failure,
    shows: Option<&Exchange>,
) -> (Failure, Option<Exchange>) {
    let (mut failure, mut shows) = (failure.clone(), shows.cloned());
    texts::failed(&mut failure, &clean);
    if let Some(exchange) = &mut shows {
        texts::exchanged(exchange, &clean, &keep);
        clean(&mut exchange.request.url);
    }
    (failure, shows)
}

fn clean(text: &mut String) {
    if let Cow::Owned(clean) = visible(text) {
        *text = clean;
    }
}

/// What shows a body makes text of it first, and says where that is not all: that takes its bytes.
fn keep(_: &mut Vec<u8>) {}

/// The record with every text in it made visible: the target's, and those of features that are not
/// ours.
pub(super) fn visible_run(run: &Run) -> Run {
    cleaned(run.clone())
}

/// The same for what shows no exchange but those of scenarios that went wrong: the others, by far
/// the most, are left out.
pub(super) fn visible_failures(run: &Run) -> Run {
    let mut shown = run.clone();
    for scenario in &mut shown.scenarios {
        if !scenario.outcome.is_bad() {
            scenario.exchanges.clear();
        }
    }
    cleaned(shown)
}

fn cleaned(mut shown: Run) -> Run {
    let text = clean;
    texts::change(&mut shown, &clean, &keep);
    text(&mut shown.target.url);
    text(&mut shown.target.description);
    for requirement in &mut shown.requirements {
        text(&mut requirement.title);
        requirement.description.iter_mut().for_each(text);
        text(&mut requirement.area);
    }
    for scenario in &mut shown.scenarios {
        text(&mut scenario.name);
        text(&mut scenario.location.file);
        let step = match &mut scenario.outcome {
            Outcome::Failed(failure) => Some(&mut failure.step),
            Outcome::Incomplete(obstacle) => obstacle.step.as_mut(),
            Outcome::Passed | Outcome::Skipped(_) | Outcome::NotRun => None,
        };
        if let Some(step) = step {
            text(&mut step.text);
        }
        for exchange in &mut scenario.exchanges {
            text(&mut exchange.request.url);
        }
    }
    shown
}
