//! Carries out one scenario, step by step.

use std::{panic::AssertUnwindSafe, sync::Arc};

use cucumber::gherkin;
use futures::FutureExt as _;

use super::panics;
use crate::{
    http::Exchange,
    scenario::{Context, Stopped, World, steps},
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

/// Carries out steps in a world of their own.
pub(super) async fn carry_out<'a>(
    context: &Arc<Context>,
    place: String,
    steps: impl IntoIterator<Item = &'a gherkin::Step>,
) -> Carried {
    let mut world = World::new(Arc::clone(context), place);
    let (mut last_step, mut defect) = (None, None);
    for step in steps {
        last_step = Some(step.clone());
        world.begins(step.ty);
        let done = match steps::find(step) {
            Ok(definition) => AssertUnwindSafe(definition.carry_out(&mut world, step))
                .catch_unwind()
                .await
                .map_err(|panic| panics::said(&*panic)),
            Err(why) => Err(why),
        };
        defect = done.err();
        if defect.is_some() || world.has_stopped() {
            break;
        }
    }
    let (exchanges, stopped) = world.finish();
    let stopped = defect.map(Stopped::Defect).or(stopped);
    Carried {
        exchanges,
        stopped: stopped.zip(last_step.clone()),
        last_step,
    }
}
