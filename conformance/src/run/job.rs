//! One target judged from its start to its end: started where that is ours to do, run through what
//! is selected, and stopped again.

use std::{panic::AssertUnwindSafe, rc::Rc};

use futures::FutureExt as _;

use super::{
    Ending, EngineError, EngineSettings, Observer, Run, StopSignal, Time, nothing_ran, run, said,
};
use crate::{
    suite::Catalogue,
    target::{StartError, TargetSpec},
};

/// What is judged, and by what.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The suite.
    pub catalogue: &'a Catalogue,
    /// The numbers of the cases that are due.
    pub selected: &'a [usize],
    /// What is judged.
    pub target: &'a TargetSpec,
    /// How.
    pub settings: &'a EngineSettings,
}

/// Why nothing can be judged as it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The target cannot be meant.
    #[error(transparent)]
    Target(StartError),
    /// The run cannot begin.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl Job<'_> {
    /// Judges within the time, or until somebody asks the process to end. A target that is not
    /// there, and a panic, are part of the record.
    ///
    /// # Errors
    /// When what was asked for cannot be done: there is nothing to record.
    pub async fn judge(
        self,
        observer: Rc<dyn Observer>,
        time: Time,
        stop: &StopSignal,
    ) -> Result<Run, JobError> {
        let judged = AssertUnwindSafe(self.judged(observer, time, stop)).catch_unwind();
        judged
            .await
            .unwrap_or_else(|panic| Ok(self.never_began(None, Ending::Defect(said(&*panic)))))
    }

    async fn judged(
        self,
        observer: Rc<dyn Observer>,
        time: Time,
        stop: &StopSignal,
    ) -> Result<Run, JobError> {
        let until = time.end_of_judging(self.target.is_command());
        let started = tokio::select! {
            started = self.target.start(until) => started,
            () = stop.asked() => return Ok(self.never_began(None, Ending::Interrupted)),
            () = tokio::time::sleep_until(until.into()) => {
                let limit = humantime::format_duration(time.limit);
                let why = format!("the target was not there within {limit}, the time for the whole run");
                return Ok(self.never_began(None, Ending::Unreachable(why)));
            }
        };
        let started = match started {
            Ok(started) => started,
            Err(error) if error.is_usage() => return Err(JobError::Target(error)),
            Err(error) => {
                let printed = error.output().map(str::to_owned);
                return Ok(self.never_began(printed, Ending::Unreachable(error.to_string())));
            }
        };
        observer.meets(&started.target.info, self.settings.seed);
        let settings = EngineSettings {
            until: Some(until),
            ..self.settings.clone()
        };
        let judged = run(
            self.catalogue,
            self.selected,
            &started.target,
            &settings,
            observer,
            stop.asked(),
        );
        let judged = judged.await;
        let printed = started.stop(time.left_to_stop(), stop.asked_again()).await;
        let mut run = judged?;
        run.target.output = printed;
        Ok(run)
    }

    /// The record of a run that never had a target to judge.
    fn never_began(self, printed: Option<String>, ending: Ending) -> Run {
        let mut target = self.target.info();
        target.output = printed;
        nothing_ran(self.catalogue, self.selected, target, self.settings, ending)
    }
}
