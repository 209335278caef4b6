//! What the reference server answers to the requests that a target failed at, for the reports
//! that show both side by side.

use std::{rc::Rc, time::Duration};

use super::{settings::RunSettings, stop::StopSignal, time::Time};
use crate::{
    http::ClientSettings,
    report::format::Format,
    run::{self, EngineSettings, Outcome, Run},
    suite::Catalogue,
    target::Reference,
    target::TargetKind,
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
    let judged = async {
        answered(&settings.catalogue, &failed, &again, stop)
            .await
            .ok()
    };
    within(patience, stop, Box::pin(judged)).await
}

/// The run of some cases against a reference server of their own.
pub(super) async fn answered(
    catalogue: &Catalogue,
    cases: &[usize],
    settings: &EngineSettings,
    stop: &StopSignal,
) -> Result<Run, String> {
    let reference = Reference::start(Reference::LOWEST_BCRYPT_COST)
        .await
        .map_err(|error| error.to_string())?;
    let run = run::run(
        catalogue,
        cases,
        &reference.target,
        settings,
        Rc::new(run::Silent),
        stop.asked(),
    )
    .await;
    reference.stop().await;
    run.map_err(|error| error.to_string())
}

/// What `work` makes, if it is done in that time and before anybody asks the process to end:
/// starting and stopping the reference server count as well.
async fn within<T>(
    patience: Duration,
    stop: &StopSignal,
    work: impl Future<Output = Option<T>>,
) -> Option<T> {
    tokio::select! {
        done = work => done,
        () = stop.asked() => None,
        () = tokio::time::sleep(patience) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    #[tokio::test]
    async fn a_reference_that_does_not_start_holds_up_nothing() {
        let (_listens, stop) = StopSignal::by_hand();
        let never = within::<()>(Duration::from_millis(10), &stop, std::future::pending());
        let ended = tokio::time::timeout(PATIENCE, never).await;
        assert!(matches!(ended, Ok(None)), "{ended:?}");
    }

    #[tokio::test]
    async fn ctrl_c_works_while_the_reference_starts() {
        let (asked, stop) = StopSignal::by_hand();
        let ends = async {
            tokio::task::yield_now().await;
            asked.send_modify(|times| *times += 1);
        };
        let never = within::<()>(LONG, &stop, std::future::pending());
        let (ended, ()) = tokio::join!(tokio::time::timeout(PATIENCE, never), ends);
        assert!(matches!(ended, Ok(None)), "{ended:?}");
    }

    #[tokio::test]
    async fn what_is_done_in_time_is_shown() {
        let (_listens, stop) = StopSignal::by_hand();
        assert_eq!(within(LONG, &stop, async { Some(1) }).await, Some(1));
    }
}
