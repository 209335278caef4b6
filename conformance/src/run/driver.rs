//! Gives the cases of a plan their turns: it keeps our order, part by part, and lets the scenarios
//! of a part run side by side where that is asked for.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
};

use futures::{StreamExt as _, stream};
use reqwest::Url;

use super::{fresh::Starts, journal::Journal, progress::Observer, sanity::Before};
use crate::{
    scenario::{Context, Health},
    suite::{
        Case,
        plan::{Part, Sanity},
    },
};

/// One case and how it takes its turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn<'a> {
    pub(super) case: &'a Case,
    pub(super) sanity: Sanity,
    pub(super) fresh_start: bool,
    /// Whether the case has had its turn on this target before, in a crowd.
    pub(super) again: bool,
}

/// The context that scenarios share, until they share another.
pub(super) type Current = Rc<RefCell<Arc<Context>>>;

/// Carries out the turns of a plan.
pub(super) struct Driver {
    pub(super) context: Current,
    pub(super) starts: Starts,
    pub(super) journal: Rc<Journal>,
    pub(super) observer: Rc<dyn Observer>,
    pub(super) concurrency: usize,
    /// The last task that the target has to have done.
    pub(super) up_to: Option<u8>,
    /// How the target was before any bad input, once that is known.
    pub(super) before: RefCell<Option<Rc<Before>>>,
}

impl Driver {
    /// Carries out the parts of a plan, one after another.
    pub(super) async fn drive(&self, parts: &[Part], cases: &[Case]) {
        let mut crowded: Vec<Vec<Turn<'_>>> = Vec::new();
        for part in parts {
            let mut due: Vec<Turn<'_>> = part
                .cases
                .iter()
                .map(|number| Turn {
                    case: &cases[*number],
                    sanity: part.sanity,
                    fresh_start: part.fresh_starts,
                    again: false,
                })
                .collect();
            // No must is about pace or crowds; some of what the document is silent about is.
            let alone = part.alone || part.fresh_starts || part.sanity != Sanity::Assumed;
            let beside = self.concurrency > 1 && !alone;
            if beside && self.side_by_side(&due).await {
                crowded.push(due);
                continue;
            }
            if beside {
                self.used_before(&mut due);
            }
            if part.fresh_starts {
                self.share_starts(&due).await;
            }
            let all_pass = self.one_by_one(&due).await;
            let looks_back = part.cases.iter().any(|number| cases[*number].closing);
            if looks_back && !all_pass && !crowded.is_empty() {
                crowded.push(due);
                self.once_more(std::mem::take(&mut crowded)).await;
            }
        }
    }

    /// Lets those turns that were not taken yet follow one another, and says whether all passed.
    async fn one_by_one(&self, due: &[Turn<'_>]) -> bool {
        let mut all_pass = true;
        for turn in due {
            if !self.journal.has(turn.case.number) {
                all_pass &= self.take_turn(turn).await;
            }
        }
        all_pass
    }

    /// What looks back has found something that the crowd did not. Such a target may do other
    /// things in another order, so that nothing which passed in a crowd is believed.
    async fn once_more(&self, parts: Vec<Vec<Turn<'_>>>) {
        if self.context().is_cut_short() {
            return;
        }
        self.forget(parts.iter().flatten());
        self.begin_again().await;
        for mut due in parts {
            self.used_before(&mut due);
            self.one_by_one(&due).await;
        }
    }

    /// Lets turns run side by side for as long as all of them pass, and says whether all did.
    /// Otherwise none of them has been judged: what one scenario does to a careless target may
    /// fail another or let it pass, and a target may fail in a crowd at what it can do. They are
    /// then to be judged alone, on a target that is started again where that is ours to do.
    async fn side_by_side(&self, due: &[Turn<'_>]) -> bool {
        let all_pass = Cell::new(self.context().health() == Health::Well);
        stream::iter(due)
            .for_each_concurrent(self.concurrency, |turn| async {
                if all_pass.get() {
                    let passed = self.take_turn(turn).await;
                    all_pass.set(passed && all_pass.get());
                }
            })
            .await;
        // Nobody has claimed what departed from the document, be it the crowd's fault or not.
        if all_pass.get() && self.context().watch.unclaimed().is_some() {
            all_pass.set(false);
        }
        // What was under way when the run was cut short keeps what it has noted.
        if !all_pass.get() && !self.context().is_cut_short() {
            self.forget(due);
            self.begin_again().await;
        }
        all_pass.get()
    }

    fn forget<'a>(&self, turns: impl IntoIterator<Item = &'a Turn<'a>>) {
        for turn in turns {
            self.journal.take(turn.case.number);
        }
    }

    /// A target that was started again has not seen the names of these turns; any other has.
    fn used_before(&self, due: &mut [Turn<'_>]) {
        for turn in due {
            turn.again = !self.starts.are_ours();
        }
    }

    /// Takes a target that nobody has judged yet, or else the same one without what is known of it.
    async fn begin_again(&self) {
        let context = self.context();
        let Some(base) = self.restarted().await else {
            return;
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

    /// Starts a target that is broken again, where that is ours to do, so that what comes next is
    /// judged all the same, and by what it does itself. What bad input has broken stays broken:
    /// the last case looks at just that.
    pub(super) async fn mend(&self) {
        if let Some(Ok(Some(base))) = self.restarted().await {
            let mended = self.context().mended(base);
            self.context.replace(Arc::new(mended));
            self.before.take();
        }
    }

    /// Where the target is once it was started again, as [`Starts::again`] has it; `None` where the
    /// run is cut short before.
    async fn restarted(&self) -> Option<Result<Option<Url>, String>> {
        let context = self.context();
        tokio::select! {
            base = self.starts.again() => Some(base),
            _ = context.cut_short() => None,
        }
    }

    pub(super) fn context(&self) -> Arc<Context> {
        Arc::clone(&self.context.borrow())
    }
}
