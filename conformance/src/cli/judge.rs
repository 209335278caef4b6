//! One run, as far as it goes before what it means is told.

use std::rc::Rc;

use super::{
    output::{told, wrong},
    progress::Progress,
    settings::RunSettings,
};
use crate::{
    run::{EngineError, JobError, Observer, Run, StopSignal, Time},
    verdict::ExitStatus,
};

/// The record of one run, or how to end without one.
pub(super) async fn judged(
    settings: &RunSettings,
    time: Time,
    stop: &StopSignal,
) -> Result<Run, ExitStatus> {
    let heading = settings.heading.then(|| settings.printer());
    let progress = Rc::new(Progress::new(heading));
    let observer = Rc::clone(&progress) as Rc<dyn Observer>;
    let judged = settings.job().judge(observer, time, stop).await;
    progress.line.clear();
    judged.map_err(|error| match error {
        JobError::Engine(EngineError::Client(_)) => told(error, ExitStatus::Defect),
        JobError::Target(_) | JobError::Engine(EngineError::SeedUsed(_)) => wrong(error),
    })
}
