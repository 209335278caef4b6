//! Whether the documented calls come in the documented order. Whatever stands between them is
//! free: many programs try more than the document asks for.

use super::{
    calls,
    requirements::{IN_ORDER, failure, scenario},
    stage::Performance,
};
use crate::{http::Mismatch, run::ScenarioRecord};

pub(super) fn in_order(good: &Performance) -> ScenarioRecord {
    let mut record = scenario(IN_ORDER.to_owned(), "the nine calls in their order");
    record.exchanges = good.exchanges();
    let mut next = 0;
    for (index, call) in calls::documented().iter().enumerate() {
        let is_it = |at: usize| call.mismatches(&good.calls[at]).is_empty();
        let goes_there = |at: usize| call.goes_to(&good.calls[at]);
        let made_somewhere = (0..good.calls.len()).any(is_it);
        // What is wrong in the call itself is not the order's fault.
        let found =
            (next..good.calls.len()).find(|at| is_it(*at) || !made_somewhere && goes_there(*at));
        if let Some(at) = found {
            next = at + 1;
            continue;
        }
        let came = match index {
            _ if made_somewhere => format!("{} only before call {index}", call.line()),
            0 => good.nothing_came(),
            _ => format!("no such request after call {index}"),
        };
        let mismatch = Mismatch::new(
            format!("call {}", index + 1),
            format!("{}, {}", call.line(), call.written),
            came,
        );
        record.outcome = failure(&record, vec![mismatch], None);
        break;
    }
    record
}
