//! One turn: a case is carried out, if it can be, and the target is looked after.

use std::{rc::Rc, sync::Arc, time::Instant};

use super::{
    driver::{Driver, Turn},
    journal::outcome,
    sanity::{self, Found},
    scenario::{self, Carried},
};
use crate::{
    model::Route,
    run::{Outcome, ScenarioRecord},
    scenario::{Context, Health, Obstacle, Stopped},
    suite::{Risk, plan::Sanity},
};

impl Driver {
    /// Gives a case its turn, and says whether it passes.
    pub(super) async fn take_turn(&self, turn: &Turn<'_>) -> bool {
        self.observer.starts(turn.case);
        let started = Instant::now();
        let mut done = match self.context_for(turn).await {
            Err(outcome) => ScenarioRecord::without_a_turn(turn.case, outcome),
            Ok(context) => self.carry_out(&context, turn).await,
        };
        done.duration = started.elapsed();
        self.observer.ends(turn.case, &done.outcome);
        let passed = done.outcome == Outcome::Passed;
        self.journal.put(turn.case.number, done);
        passed
    }

    /// What the case runs in, or what becomes of it without a turn.
    pub(super) async fn context_for(&self, turn: &Turn<'_>) -> Result<Arc<Context>, Outcome> {
        let context = self.context();
        if let Some(outcome) = without_a_turn(&context, turn) {
            return Err(outcome);
        }
        if !turn.fresh_start {
            return Ok(context);
        }
        tokio::select! {
            fresh = self.starts.context(&context) => fresh,
            why = context.cut_short() => Err(Outcome::Incomplete(Obstacle::outside(why))),
        }
    }

    async fn carry_out(&self, context: &Arc<Context>, turn: &Turn<'_>) -> ScenarioRecord {
        let _under_way = context.scenario_begins();
        let mut place = turn.case.location.to_string();
        // What ran beside others before has used its names.
        if turn.again {
            place.push_str("/again");
        }
        self.know_sanity(turn.sanity, &place).await;
        let mut carried = scenario::carry_out(context, place.clone(), turn.case.steps()).await;
        if turn.sanity != Sanity::Assumed {
            self.look_after(turn, &place, &mut carried).await;
        }
        if let Some((Stopped::Defect(what), step)) = &carried.stopped {
            self.journal.blame_runner(format!(
                "{}:{}: {what}",
                turn.case.location.file, step.position.line
            ));
        }
        let outcome = match self.later_task(context, &carried) {
            Some(later) => Outcome::Skipped(format!("it needs what task {later} asks for")),
            None => outcome(turn.case, carried.stopped),
        };
        if matches!(outcome, Outcome::Failed(_)) {
            self.context().watch.failed(&turn.case.requirement);
        }
        ScenarioRecord {
            exchanges: carried.exchanges,
            ..ScenarioRecord::without_a_turn(turn.case, outcome)
        }
    }

    /// The task after the last one due whose route a scenario has used before it stopped.
    fn later_task(&self, context: &Context, carried: &Carried) -> Option<u8> {
        let last = self.up_to?;
        carried.stopped.as_ref()?;
        let prefix = context.client.base().path().trim_end_matches('/');
        let tasks = carried.exchanges.iter().filter_map(|exchange| {
            let url = reqwest::Url::parse(&exchange.request.url).ok()?;
            Route::of(&exchange.request.method, url.path().strip_prefix(prefix)?).task()
        });
        tasks.filter(|task| *task > last).min()
    }

    /// Before the first case that may do harm: how the target is.
    async fn know_sanity(&self, sanity: Sanity, place: &str) {
        if sanity == Sanity::Assumed || self.before.borrow().is_some() {
            return;
        }
        let (before, defect) = sanity::before(&self.context(), sanity, place).await;
        if let Some(what) = defect {
            self.journal.blame_runner(what);
        }
        self.before.replace(Some(Rc::new(before)));
    }

    /// Looks whether the target is still itself. Where it is not, what follows can no longer be
    /// judged, and the case that did it is at fault: one that has done all that it is about. One
    /// that came to an obstacle, or to a defect of ours, stays that.
    async fn look_after(&self, turn: &Turn<'_>, place: &str, carried: &mut Carried) {
        let Some(before) = self.before.borrow().clone().filter(|before| before.sane) else {
            return;
        };
        let context = self.context();
        let found = sanity::check(&context, turn.sanity, &before, place).await;
        let (mismatches, exchanges) = match found {
            Found::Sane | Found::Nothing => return,
            Found::Defect(what) => return self.journal.blame_runner(what),
            Found::Broken(mismatches, exchanges) => (mismatches, exchanges),
        };
        let what: Vec<String> = mismatches
            .iter()
            .map(|mismatch| format!("{} is {}", mismatch.what, mismatch.actual))
            .collect();
        let did = match &carried.stopped {
            None | Some((Stopped::Fault { .. }, _)) => "has left the target broken",
            Some(_) => "was not carried out, and then the target was broken",
        };
        let requirement = turn.case.requirement.clone();
        context.wreck(
            format!(
                "{requirement} \"{}\" {did} ({}); start it again with an empty store",
                turn.case.name,
                what.join("; ")
            ),
            requirement,
        );
        if carried.stopped.is_none()
            && let Some(step) = carried.last_step.clone()
        {
            let first = carried.exchanges.len();
            carried.exchanges.extend(exchanges);
            let shows = carried
                .exchanges
                .len()
                .checked_sub(1)
                .filter(|at| *at >= first);
            carried.stopped = Some((
                Stopped::Fault {
                    mismatches,
                    exchange: shows,
                    story: None,
                },
                step,
            ));
        }
        if turn.sanity == Sanity::Answers {
            self.mend().await;
        }
    }
}

/// What becomes of a case that has no turn.
pub(super) fn without_a_turn(context: &Context, turn: &Turn<'_>) -> Option<Outcome> {
    if context.verdicts_only && context.watch.has_failed(&turn.case.requirement) {
        return Some(Outcome::NotRun);
    }
    hindrance(context, turn).map(Outcome::Incomplete)
}

/// Why a case cannot be judged any more.
fn hindrance(context: &Context, turn: &Turn<'_>) -> Option<Obstacle> {
    // A target that is started afresh takes nothing over from the one before.
    let apart = turn.fresh_start && !context.is_cut_short();
    match context.health() {
        _ if apart => None,
        Health::Well => None,
        // The case that looks at what the bad input has left is there for just that.
        Health::Wrecked { .. } if turn.case.risk == Risk::Last => None,
        Health::Lost(why) => Some(Obstacle::outside(why)),
        Health::Wrecked { why, by } => Some(Obstacle {
            blocked_by: Some(by),
            ..Obstacle::outside(why)
        }),
    }
}
