//! Carries out one scenario, step by step, and says what cucumber's writers want to know.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use cucumber::{
    event::{self, Source, StepError},
    gherkin,
    step::Collection,
};
use futures::FutureExt as _;

use super::panics;
use crate::{
    context::Context,
    transcript::Exchange,
    world::{Stopped, World},
};

/// What is left of a scenario that was carried out.
pub(super) struct Carried {
    /// What it sent and got.
    pub(super) exchanges: Vec<Exchange>,
    /// Why it stopped before its end, and at which step.
    pub(super) stopped: Option<(Stopped, gherkin::Step)>,
    /// The last step that was carried out.
    pub(super) last_step: Option<gherkin::Step>,
}

/// Where events go.
pub(super) type Tell<'a> = &'a dyn Fn(event::Scenario<World>);

/// Carries out the steps of a scenario in a world of its own.
pub(super) async fn carry_out(
    context: &Arc<Context>,
    steps: &Collection<World>,
    place: String,
    feature: &gherkin::Feature,
    tell: Tell<'_>,
) -> Carried {
    let mut world = World::new(Arc::clone(context), place);
    let rule = feature.rules.first();
    let backgrounds = feature
        .background
        .iter()
        .chain(rule.and_then(|rule| rule.background.as_ref()))
        .flat_map(|background| &background.steps)
        .map(|step| (true, step));
    let own = rule
        .and_then(|rule| rule.scenarios.first())
        .into_iter()
        .flat_map(|scenario| &scenario.steps)
        .map(|step| (false, step));

    let mut last_step = None;
    let (mut defect, mut halted) = (None, false);
    for (background, step) in backgrounds.chain(own) {
        let source = Source::new(step.clone());
        let say = |what: event::Step<World>| {
            tell(if background {
                event::Scenario::Background(source.clone(), what)
            } else {
                event::Scenario::Step(source.clone(), what)
            });
        };
        say(event::Step::Started);
        last_step = Some(step.clone());
        let (definition, captures, location, matched) = match steps.find(step) {
            Ok(Some(found)) => found,
            Ok(None) => {
                say(event::Step::Skipped);
                defect = Some("no definition matches the step".to_owned());
                break;
            }
            Err(ambiguous) => {
                defect = Some(ambiguous.to_string());
                say(event::Step::Failed(None, None, None, ambiguous.into()));
                break;
            }
        };
        let outcome = AssertUnwindSafe(definition(&mut world, matched))
            .catch_unwind()
            .await;
        match outcome {
            Ok(()) => say(event::Step::Passed(captures, location)),
            Err(panic) => {
                if !panics::is_stop(&*panic) {
                    defect = Some(
                        panics::text(&*panic)
                            .unwrap_or("a step panicked")
                            .to_owned(),
                    );
                }
                let info: Arc<dyn Any + Send> = Arc::from(panic);
                say(event::Step::Failed(
                    Some(captures),
                    location,
                    None,
                    StepError::Panic(info),
                ));
                halted = true;
                break;
            }
        }
    }
    let (exchanges, stopped) = world.finish();
    let stopped = match (defect, stopped) {
        (Some(what), _) => Some(Stopped::Defect(what)),
        // Never a pass: a step that stops has to say why.
        (None, None) if halted => Some(Stopped::Defect("a step stopped without a reason".into())),
        (None, stopped) => stopped,
    };
    Carried {
        exchanges,
        stopped: stopped.zip(last_step.clone()),
        last_step,
    }
}
