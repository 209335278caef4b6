//! The runner that cucumber drives: it keeps our order, part by part, lets a part's scenarios run
//! side by side where that is asked for, and looks after the target in between.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
    time::Instant,
};

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
    sanity::{self, Found},
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

/// How a turn is taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Manner {
    /// With nothing beside it; perhaps again on the same target.
    Alone { again: bool },
    /// Beside others.
    Beside,
}

/// The context that scenarios share, until they share another.
pub(super) type Current = Rc<RefCell<Arc<Context>>>;

/// The turns of a part, each with its feature.
type Due<'a> = Vec<(&'a Turn, Source<gherkin::Feature>)>;

/// Carries out the turns of a plan.
pub(super) struct Driver {
    context: Current,
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
        context: Current,
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
        let mut crowded: Vec<Due<'_>> = Vec::new();
        for part in &self.parts {
            let mut due = Vec::with_capacity(part.len());
            for turn in part {
                match features.next().await {
                    Some(Ok(feature)) => due.push((turn, Source::new(feature))),
                    Some(Err(error)) => {
                        let _ = events.unbounded_send(Err(error));
                    }
                    None => {}
                }
            }
            // No must is about pace or crowds; some of what the document is silent about is.
            let alone =
                |turn: &Turn| turn.alone || turn.fresh_start || turn.sanity != Sanity::Assumed;
            let beside = self.concurrency > 1 && !part.iter().any(alone);
            if beside && self.side_by_side(&due, &tell).await {
                crowded.push(due);
                continue;
            }
            // A target that was started again has not seen these names.
            let again = beside && !self.starts.are_ours();
            let all_pass = self.one_by_one(&due, again, &tell).await;
            let looks_back = part.iter().any(|turn| turn.case.closing);
            if looks_back && !all_pass && !crowded.is_empty() {
                crowded.push(due);
                self.once_more(&crowded, &tell).await;
                crowded.clear();
            }
        }
        tell(Cucumber::Finished);
    }

    /// Lets those turns that were not taken yet follow one another, and says whether all passed.
    async fn one_by_one(&self, due: &Due<'_>, again: bool, tell: &dyn Fn(Cucumber<World>)) -> bool {
        let mut all_pass = true;
        for (turn, feature) in due {
            if !self.journal.has(turn.case.number) {
                let alone = Manner::Alone { again };
                all_pass &= self.take_turn(turn, feature.clone(), alone, tell).await;
            }
        }
        all_pass
    }

    /// What looks back has found something that the crowd did not. Such a target may do other
    /// things in another order, so that nothing which passed in a crowd is believed.
    async fn once_more(&self, parts: &[Due<'_>], tell: &dyn Fn(Cucumber<World>)) {
        if self.context().is_cut_short() {
            return;
        }
        for (turn, _) in parts.iter().flatten() {
            self.journal.take(turn.case.number);
        }
        self.begin_again().await;
        for due in parts {
            self.one_by_one(due, !self.starts.are_ours(), tell).await;
        }
    }

    /// Lets turns run side by side for as long as all of them pass, and says whether all did.
    /// Otherwise none of them has been judged: what one scenario does to a careless target may
    /// fail another or let it pass, and a target may fail in a crowd at what it can do. They are
    /// then to be judged alone, on a target that is started again where that is ours to do.
    async fn side_by_side(&self, due: &Due<'_>, tell: &dyn Fn(Cucumber<World>)) -> bool {
        let all_pass = Cell::new(self.context().health() == Health::Well);
        stream::iter(due)
            .for_each_concurrent(self.concurrency, |(turn, feature)| async {
                if all_pass.get() {
                    let passed = self.take_turn(turn, feature.clone(), Manner::Beside, tell);
                    all_pass.set(passed.await && all_pass.get());
                }
            })
            .await;
        // Nobody has claimed what departed from the document, be it the crowd's fault or not.
        if all_pass.get() && self.context().watch.unclaimed().is_some() {
            all_pass.set(false);
        }
        // What was under way when the run was cut short keeps what it has noted.
        if !all_pass.get() && !self.context().is_cut_short() {
            for (turn, _) in due {
                self.journal.take(turn.case.number);
            }
            self.begin_again().await;
        }
        all_pass.get()
    }

    /// Takes a target that nobody has judged yet, or else the same one without what is known of it.
    async fn begin_again(&self) {
        let context = self.context();
        let base = tokio::select! {
            base = self.starts.again() => base,
            _ = context.cut_short() => return,
        };
        let again = match base {
            Ok(base) => context.again(base),
            Err(why) => {
                let again = context.again(None);
                again.lose(format!(
                    "the target cannot be started again to be judged by one scenario at a time: {why}"
                ));
                again
            }
        };
        self.context.replace(Arc::new(again));
    }

    fn context(&self) -> Arc<Context> {
        Arc::clone(&self.context.borrow())
    }

    /// Whether the scenario passes.
    async fn take_turn(
        &self,
        turn: &Turn,
        feature: Source<gherkin::Feature>,
        manner: Manner,
        tell: &dyn Fn(Cucumber<World>),
    ) -> bool {
        let Some(rule) = feature.rules.first() else {
            return true;
        };
        let Some(scenario) = rule.scenarios.first() else {
            return true;
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
            Ok(context) => (self.carry_out(&context, turn, manner, &feature, &say)).await,
        };
        let passed = done.outcome == Outcome::Passed;
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
        passed
    }

    /// What the case runs in, or what becomes of it without a turn.
    async fn context_for(&self, turn: &Turn) -> Result<Arc<Context>, Outcome> {
        let context = self.context();
        if context.verdicts_only && context.watch.has_failed(&turn.case.requirement) {
            return Err(Outcome::NotRun);
        }
        if let Some(obstacle) = hindrance(&context, turn) {
            return Err(Outcome::Incomplete(obstacle));
        }
        if !turn.fresh_start {
            return Ok(context);
        }
        tokio::select! {
            fresh = self.starts.context(&context) => fresh,
            why = context.cut_short() => Err(Outcome::Incomplete(Obstacle::outside(why))),
        }
    }

    async fn carry_out(
        &self,
        context: &Arc<Context>,
        turn: &Turn,
        manner: Manner,
        feature: &gherkin::Feature,
        say: &dyn Fn(event::Scenario<World>),
    ) -> Done {
        let _under_way = context.scenario_begins();
        self.know_sanity(turn.sanity).await;
        let mut place = turn.case.location.to_string();
        // What ran beside others before has used its names.
        if manner == (Manner::Alone { again: true }) {
            place.push_str("/again");
        }
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
            self.context().watch.failed(&turn.case.requirement);
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
        let found = sanity::check(&self.context(), Sanity::Registers, "before the bad input").await;
        if let Found::Defect(what) = &found {
            self.journal.blame_runner(what.clone());
        }
        self.was_sane.set(Some(matches!(found, Found::Sane)));
    }

    /// Looks whether the target is still itself. Where it is not, what follows can no longer be
    /// judged, and the case that did it is at fault: one that has done all that it is about. One
    /// that came to an obstacle, or to a defect of ours, stays that.
    async fn look_after(&self, turn: &Turn, place: &str, carried: &mut Carried) {
        let (mismatches, exchanges) = match sanity::check(&self.context(), turn.sanity, place).await
        {
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
        self.context().wreck(
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

/// Why a case cannot be judged any more.
fn hindrance(context: &Context, turn: &Turn) -> Option<Obstacle> {
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
