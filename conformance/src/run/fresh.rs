//! Fresh starts of the target, for scenarios that need an empty store.

use std::{
    cell::RefCell,
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::Url;

use crate::{run::Outcome, scenario::Context, target::FreshStart};

/// What is said of a scenario where the target is not our own.
const NOT_OURS: &str = "what needs an empty store is judged on a target that authspec itself starts (authspec -- COMMAND)";

/// A target that takes longer to start is started afresh once, and then no more: the time for the
/// whole run is for judging.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts the target afresh as often as that works.
#[derive(Debug)]
pub(super) struct Starts {
    starter: Option<Arc<dyn FreshStart>>,
    /// Why no other start is made. A target that keeps to the document may be one that cannot be
    /// started twice in a row, so what needs it is skipped and no requirement is the worse for it.
    enough: RefCell<Option<String>>,
}

impl Starts {
    pub(super) fn new(starter: Option<Arc<dyn FreshStart>>) -> Self {
        Self {
            starter,
            enough: RefCell::new(None),
        }
    }

    /// Whether the target is ours to start.
    pub(super) fn are_ours(&self) -> bool {
        self.starter.is_some()
    }

    /// A context for one scenario with a fresh target, or what becomes of it without.
    pub(super) async fn context(&self, run: &Context) -> Result<Arc<Context>, Outcome> {
        let Some(starter) = &self.starter else {
            return Err(Outcome::Skipped(NOT_OURS.to_owned()));
        };
        if let Some(why) = self.enough.borrow().clone() {
            return Err(Outcome::Skipped(why));
        }
        let begun = Instant::now();
        let fresh = starter.fresh().await;
        let took = begun.elapsed();
        match fresh {
            Ok(base) => {
                if took > PATIENCE {
                    let seconds = Duration::from_secs(took.as_secs());
                    self.enough.replace(Some(format!(
                        "a fresh start of this target takes {}, so no more of them are made",
                        humantime::format_duration(seconds)
                    )));
                }
                Ok(Arc::new(run.afresh(base)))
            }
            Err(why) => {
                let why = format!("the target cannot be started afresh: {why}");
                self.enough.replace(Some(why.clone()));
                Err(Outcome::Skipped(why))
            }
        }
    }

    /// Starts the target again for all that share it; nothing where it is not ours.
    pub(super) async fn again(&self) -> Result<Option<Url>, String> {
        match &self.starter {
            Some(starter) => starter.fresh().await.map(Some),
            None => Ok(None),
        }
    }
}
