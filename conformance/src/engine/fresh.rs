//! Fresh starts of the target, for scenarios that need an empty store.

use std::{cell::RefCell, sync::Arc};

use crate::{context::Context, failure::Obstacle, run::Outcome, target::FreshStart};

/// What is said of a scenario where the target is not our own.
const NOT_OURS: &str = "what needs an empty store is judged on a target that authspec itself starts (authspec -- COMMAND)";

/// Starts the target afresh as often as that works.
#[derive(Debug)]
pub(super) struct Starts {
    starter: Option<Arc<dyn FreshStart>>,
    /// Why the last start failed. No other is tried then: each might wait for long.
    failed: RefCell<Option<String>>,
}

impl Starts {
    pub(super) fn new(starter: Option<Arc<dyn FreshStart>>) -> Self {
        Self {
            starter,
            failed: RefCell::new(None),
        }
    }

    /// A context for one scenario with a fresh target, or what becomes of it without.
    pub(super) async fn context(&self, run: &Context) -> Result<Arc<Context>, Outcome> {
        let Some(starter) = &self.starter else {
            return Err(Outcome::Skipped(NOT_OURS.to_owned()));
        };
        if let Some(why) = self.failed.borrow().clone() {
            return Err(Outcome::Incomplete(Obstacle::outside(why)));
        }
        match starter.fresh().await {
            Ok(base) => Ok(Arc::new(run.afresh(base))),
            Err(why) => {
                self.failed.replace(Some(why.clone()));
                Err(Outcome::Incomplete(Obstacle::outside(why)))
            }
        }
    }

    /// Starts the target once more, for all that follows and shares it.
    pub(super) async fn for_the_rest(&self, run: &Context) {
        if self.starter.is_some()
            && let Err(Outcome::Incomplete(obstacle)) = self.context(run).await
        {
            run.lose(obstacle.cause);
        }
    }
}
