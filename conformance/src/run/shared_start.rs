//! One fresh start of the target for all scenarios that can share it.
//!
//! A start costs an interpreter and its frameworks, and an account on it a hash. Scenarios that
//! need an empty store are about refusals, which leave the store as it was, so those that want
//! nobody in it can be followed by those that want Grace, and these by those that want Mary too.
//! What each ends with, such as that Grace can log in after all, they have in common, and one time
//! says it for all. Where anything fails none of them has been judged, and each has a start of its
//! own: verdicts are those of one start each.

use std::time::Instant;

use super::{
    driver::{Driver, Turn},
    scenario,
    turn::without_a_turn,
};
use crate::{
    run::{Outcome, ScenarioRecord},
    scenario::{looks_at_the_store, newcomers},
};

/// Where the people of a shared start are from: the same for all of its scenarios.
const PLACE: &str = "one start";

impl Driver {
    /// Judges together what passes together; what does not is left for a start of its own.
    pub(super) async fn share_starts(&self, due: &[Turn<'_>]) {
        let context = self.context();
        let mut groups: Vec<(String, Vec<&Turn<'_>>)> = Vec::new();
        for turn in due {
            // What a scenario ends with may be its own answer, which nothing else can speak for.
            let last = turn.case.steps().last();
            let Some(look) = last.and_then(looks_at_the_store) else {
                continue;
            };
            if without_a_turn(&context, turn).is_some() {
                continue;
            }
            match groups.iter_mut().find(|(end, _)| *end == look) {
                Some((_, group)) => group.push(turn),
                None => groups.push((look, vec![turn])),
            }
        }
        for (_, mut group) in groups {
            if group.len() > 1 {
                group.sort_by_key(|turn| newcomers(turn.case));
                self.share_start(&group).await;
            }
        }
    }

    async fn share_start(&self, group: &[&Turn<'_>]) {
        // Whoever goes without a start goes without a verdict, each with the reason.
        let Ok(context) = self.context_for(group[0]).await else {
            return;
        };
        let _under_way = context.scenario_begins();
        let mut all = Vec::new();
        for (number, turn) in group.iter().enumerate() {
            self.observer.starts(turn.case);
            let started = Instant::now();
            let is_last = number + 1 == group.len();
            let steps = turn.case.steps().count() - usize::from(!is_last);
            let steps = turn.case.steps().take(steps);
            let carried = scenario::carry_out(&context, PLACE.to_owned(), steps).await;
            if carried.stopped.is_some() {
                return;
            }
            let done = ScenarioRecord {
                duration: started.elapsed(),
                exchanges: carried.exchanges,
                ..ScenarioRecord::without_a_turn(turn.case, Outcome::Passed)
            };
            all.push((turn.case, done));
        }
        for (case, done) in all {
            self.observer.ends(case, &done.outcome);
            self.journal.put(case.number, done);
        }
    }
}
