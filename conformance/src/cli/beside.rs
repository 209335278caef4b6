//! What the reference server answers to the requests that a target failed at, for the reports
//! that show both side by side.

use std::{rc::Rc, time::Duration};

use super::settings::RunSettings;
use crate::{
    http::ClientSettings,
    report::Format,
    run::{EngineSettings, Job, JobError, Outcome, Run, Silent, StopSignal, Time},
    suite::Catalogue,
    target::{Reference, TargetKind, TargetSpec},
};

/// The most time that this may add to a run: it is an extra.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs the scenarios that failed, with the same seed, against the reference server. `None`
/// where no report shows it, nothing failed, or the target was the reference server itself.
pub(super) async fn reference(
    run: &Run,
    settings: &RunSettings,
    time: Time,
    stop: &StopSignal,
) -> Option<Run> {
    let wanted = settings
        .reports
        .iter()
        .any(|report| report.format == Format::Html);
    if !wanted || run.target.kind == TargetKind::Reference {
        return None;
    }
    let failed: Vec<usize> = run
        .scenarios
        .iter()
        .enumerate()
        .filter(|(_, scenario)| matches!(scenario.outcome, Outcome::Failed(_)))
        .map(|(number, _)| number)
        .collect();
    if failed.is_empty() {
        return None;
    }
    let patience = PATIENCE.min(time.left_to_stop());
    if patience.is_zero() {
        return None;
    }
    let again = EngineSettings {
        // What the user handed over is for the target alone.
        client: ClientSettings::default(),
        deadline: patience,
        // Its store is empty, whatever the target's was.
        seed_is_chosen: false,
        ..settings.engine.clone()
    };
    let answered = answered(&settings.catalogue, &failed, &again, stop);
    // Starting and stopping the reference server count as well.
    tokio::time::timeout(patience, answered).await.ok()?.ok()
}

/// The run of some cases against a reference server of their own.
pub(super) async fn answered(
    catalogue: &Catalogue,
    cases: &[usize],
    settings: &EngineSettings,
    stop: &StopSignal,
) -> Result<Run, JobError> {
    let target = TargetSpec::Reference {
        bcrypt_cost: Reference::LOWEST_BCRYPT_COST,
    };
    let job = Job {
        catalogue,
        selected: cases,
        target: &target,
        settings,
    };
    let time = Time::begins(settings.deadline);
    job.judge(Rc::new(Silent), time, stop).await
}
