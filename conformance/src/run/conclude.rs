//! What only the whole run can tell: departures that nobody has claimed, and acceptances of a
//! target that refuses nothing.

use std::collections::BTreeSet;

use crate::{
    http::Exchange,
    model::Route,
    run::{Outcome, ScenarioRecord},
    scenario::{FailedStep, Failure, Obstacle, watch::claimed},
    suite::{Catalogue, Level},
};

/// Goes over the records of a run, which are in the order of the catalogue's cases.
pub(super) fn conclude(
    catalogue: &Catalogue,
    records: &mut [ScenarioRecord],
    without_refusal: &[Route],
) {
    departures(catalogue, records);
    for route in without_refusal {
        acceptances(catalogue, records, *route);
    }
}

/// The scenario that looks back has its turn before the fresh starts have theirs: what departed
/// there, and was claimed by nobody, is its failure all the same.
fn departures(catalogue: &Catalogue, records: &mut [ScenarioRecord]) {
    let is_last = |index: &usize| catalogue.cases[*index].closing;
    let Some(last) = (0..records.len()).rfind(is_last) else {
        return;
    };
    if records[last].outcome != Outcome::Passed {
        return;
    }
    let failed: BTreeSet<String> = records
        .iter()
        .filter(|record| matches!(record.outcome, Outcome::Failed(_)))
        .map(|record| record.requirement.clone())
        .collect();
    let unclaimed = |exchange: &&Exchange| {
        let departure = exchange.departure.as_ref();
        departure.is_some_and(|departure| claimed(departure, &failed).is_none())
    };
    let found = records
        .iter()
        .zip(&catalogue.cases)
        .filter(|(record, case)| {
            case.fresh_start && case.level == Level::Must && !failed.contains(&record.requirement)
        })
        .flat_map(|(record, _)| &record.exchanges)
        .find(unclaimed)
        .cloned();
    let step = catalogue.cases[last].steps().last();
    if let (Some(exchange), Some(step)) = (found, step) {
        let mismatches = exchange
            .departure
            .clone()
            .map(|departure| departure.mismatches);
        let record = &mut records[last];
        record.exchanges.push(exchange);
        record.outcome = Outcome::Failed(Failure {
            step: FailedStep {
                keyword: step.keyword.trim().to_owned(),
                text: step.value.clone(),
                location: record.location.clone(),
            },
            mismatches: mismatches.unwrap_or_default(),
            exchange: record.exchanges.len().checked_sub(1),
            story: None,
        });
    }
}

/// Where a target has accepted everything that it should have refused on a route, nothing is
/// proven by what it accepts there.
fn acceptances(catalogue: &Catalogue, records: &mut [ScenarioRecord], route: Route) {
    let refusal = match route {
        Route::Register => "REG-2",
        Route::LogIn => "LOGIN-4",
        Route::Profile => "PROFILE-3",
        Route::LogOut => "LOGOUT-4",
        Route::AskToken => "RESET-2",
        Route::Update => "UPDATE-4",
        Route::Welcome | Route::Elsewhere => return,
    };
    for (record, case) in records.iter_mut().zip(&catalogue.cases) {
        if record.outcome == Outcome::Passed && case.accepts(route.tag()) {
            record.outcome = Outcome::Incomplete(Obstacle {
                blocked_by: Some(refusal.to_owned()),
                ..Obstacle::outside(format!(
                    "the target refuses nothing on this route, so what it accepts there proves nothing: see {refusal}"
                ))
            });
        }
    }
}
