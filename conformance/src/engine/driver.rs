//! The runner that cucumber drives: it keeps our order, part by part, lets a part's scenarios run
//! side by side where that is asked for, and looks after the target in between.

use std::{cell::Cell, rc::Rc, sync::Arc, time::Instant};

use cucumber::{
    Event, World as _, cli,
    event::{self, Cucumber, Source},
    gherkin, parser,
    step::Collection,
};
use futures::{
    FutureExt as _, Stream, StreamExt as _,
    channel::mpsc::{UnboundedSender, unbounded},
    stream::{self, LocalBoxStream},
};

use super::{
    collector::{Done, Journal, outcome},
    fresh::Starts,
    sanity,
    scenario::{self, Carried},
};
use crate::{
    catalogue::{
        Case, Risk,
        plan::{Part, Sanity},
    },
    context::{Context, Health},
    failure::Obstacle,
    run::Outcome,
    world::{Stopped, World},
};

type Sent = parser::Result<Event<Cucumber<World>>>;

/// One case and how it takes its turn.
#[derive(Clone, Debug)]
struct Turn {
    case: Case,
    sanity: Sanity,
    fresh_start: bool,
    /// Whether nothing goes on beside it.
    alone: bool,
}

/// Carries out the turns of a plan.
pub(super) struct Driver {
    context: Arc<Context>,
    starts: Starts,
    journal: Rc<Journal>,
    parts: Vec<Vec<Turn>>,
    concurrency: usize,
    steps: Collection<World>,
    /// Whether the target was able to do what the sanity checks ask before any bad input.
    was_sane: Cell<Option<bool>>,
}

impl Driver {
    pub(super) fn new(
        context: Arc<Context>,
        starts: Starts,
        journal: Rc<Journal>,
        parts: &[Part],
        cases: &[Case],
        concurrency: usize,
    ) -> Self {
        let parts = parts
            .iter()
            .map(|part| {
                part.cases
                    .iter()
                    .map(|number| Turn {
                        case: cases[*number].clone(),
                        sanity: part.sanity,
                        fresh_start: part.fresh_starts,
                        alone: part.alone,
                    })
                    .collect()
            })
            .collect();
        Self {
            context,
            starts,
            journal,
            parts,
            concurrency,
            steps: World::collection(),
            was_sane: Cell::new(None),
        }
    }

    async fn drive(
        self,
        features: impl Stream<Item = parser::Result<gherkin::Feature>>,
        events: UnboundedSender<Sent>,
    ) {
        let tell = |event: Cucumber<World>| {
            // Nobody listens any more once the run has been given up.
            let _ = events.unbounded_send(Ok(Event::new(event)));
        };
        tell(Cucumber::Started);
        // The features come in the order of the turns: they are made from the same plan.
        let mut features = std::pin::pin!(features);
        let mut shared = true;
        for part in &self.parts {
            let alone = part.iter().any(|turn| turn.fresh_start);
            if shared && alone {
                shared = false;
            } else if !shared && !alone {
                // The last scenario that had the target for itself has left its traces.
                self.starts.for_the_rest(&self.context).await;
                shared = true;
            }
            let mut ready = Vec::with_capacity(part.len());
            for turn in part {
                match features.next().await {
                    Some(Ok(feature)) => ready.push((turn, Source::new(feature))),
                    Some(Err(error)) => {
                        let _ = events.unbounded_send(Err(error));
                    }
                    None => {}
                }
            }
            let careful = part
                .iter()
                .any(|turn| turn.alone || turn.sanity == Sanity::Registers);
            let at_once = if careful || alone {
                1
            } else {
                self.concurrency
            };
            stream::iter(ready)
                .map(|(turn, feature)| self.take_turn(turn, feature, &tell))
                .buffer_unordered(at_once)
                .collect::<()>()
                .await;
        }
        tell(Cucumber::Finished);
    }

    async fn take_turn(
        &self,
        turn: &Turn,
        feature: Source<gherkin::Feature>,
        tell: &dyn Fn(Cucumber<World>),
    ) {
        let Some(rule) = feature.rules.first() else {
            return;
        };
        let Some(scenario) = rule.scenarios.first() else {
            return;
        };
        let (rule, scenario) = (Source::new(rule.clone()), Source::new(scenario.clone()));
        let say = |what: event::Scenario<World>| {
            tell(Cucumber::scenario(
                feature.clone(),
                Some(rule.clone()),
                scenario.clone(),
                what.with_retries(None),
            ));
        };
        tell(Cucumber::feature_started(feature.clone()));
        tell(Cucumber::rule_started(feature.clone(), rule.clone()));
        say(event::Scenario::Started);
        let started = Instant::now();
        let done = match self.context_for(turn).await {
            Err(outcome) => Done::without_a_turn(outcome),
            Ok(context) => self.carry_out(&context, turn, &feature, &say).await,
        };
        self.journal.put(
            turn.case.number,
            Done {
                duration: started.elapsed(),
                ..done
            },
        );
        say(event::Scenario::Finished);
        tell(Cucumber::rule_finished(feature.clone(), rule.clone()));
        tell(Cucumber::feature_finished(feature.clone()));
    }

    /// What the case runs in, or what becomes of it without a turn.
    async fn context_for(&self, turn: &Turn) -> Result<Arc<Context>, Outcome> {
        if turn.fresh_start {
            return self.starts.context(&self.context).await;
        }
        match self.hindrance(&turn.case) {
            Some(why) => Err(Outcome::Incomplete(Obstacle::outside(why))),
            None => Ok(Arc::clone(&self.context)),
        }
    }

    /// Why a case cannot be judged any more.
    fn hindrance(&self, case: &Case) -> Option<String> {
        match self.context.health() {
            Health::Well => None,
            // The case that looks at what the bad input has left is there for just that.
            Health::Wrecked(_) if case.risk == Risk::Last => None,
            Health::Lost(why) | Health::Wrecked(why) => Some(why),
        }
    }

    async fn carry_out(
        &self,
        context: &Arc<Context>,
        turn: &Turn,
        feature: &gherkin::Feature,
        say: &dyn Fn(event::Scenario<World>),
    ) -> Done {
        self.know_sanity(turn.sanity).await;
        let place = turn.case.location.to_string();
        let mut carried =
            scenario::carry_out(context, &self.steps, place.clone(), feature, say).await;
        if turn.sanity != Sanity::Assumed && self.was_sane.get() == Some(true) {
            self.look_after(turn, &place, &mut carried).await;
        }
        if let Some((Stopped::Defect(what), step)) = &carried.stopped {
            self.journal.blame_runner(format!(
                "{}:{}: {what}",
                turn.case.location.file, step.position.line
            ));
        }
        let outcome = outcome(&turn.case, carried.stopped);
        if matches!(outcome, Outcome::Failed(_)) {
            self.context.watch.failed(&turn.case.requirement);
        }
        Done {
            outcome,
            exchanges: carried.exchanges,
            ..Done::without_a_turn(Outcome::NotRun)
        }
    }

    /// Before the first input that may do harm: whether the target can do at all what it is
    /// asked for afterwards. If not, nothing that follows is to blame for it.
    async fn know_sanity(&self, sanity: Sanity) {
        if sanity == Sanity::Assumed || self.was_sane.get().is_some() {
            return;
        }
        let sane = sanity::check(&self.context, Sanity::Registers, "before the bad input").await;
        self.was_sane.set(Some(sane.is_ok()));
    }

    /// Proves the target's sanity again; where it is gone, the case that did it is at fault, and
    /// what follows can no longer be judged.
    async fn look_after(&self, turn: &Turn, place: &str, carried: &mut Carried) {
        let Err((mismatches, exchanges)) = sanity::check(&self.context, turn.sanity, place).await
        else {
            return;
        };
        let what: Vec<String> = mismatches
            .iter()
            .map(|mismatch| format!("{} is {}", mismatch.what, mismatch.actual))
            .collect();
        self.context.wreck(format!(
            "{} \"{}\" has left the target broken ({}); start it again with an empty store",
            turn.case.requirement,
            turn.case.name,
            what.join("; ")
        ));
        let at_fault = !matches!(carried.stopped, Some((Stopped::Fault { .. }, _)));
        if at_fault && let Some(step) = carried.last_step.clone() {
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
    }
}

impl cucumber::Runner<World> for Driver {
    type Cli = cli::Empty;
    type EventStream = LocalBoxStream<'static, Sent>;

    fn run<S>(self, features: S, _: cli::Empty) -> Self::EventStream
    where
        S: Stream<Item = parser::Result<gherkin::Feature>> + 'static,
    {
        let (sender, events) = unbounded();
        let work = self.drive(features, sender).into_stream();
        stream::select(events.map(Some), work.map(|()| None))
            .filter_map(futures::future::ready)
            .boxed_local()
    }
}
