//! Commands that look at a target without a report.

use super::{output, settings::target::Reach};
use crate::{
    http::visible::visible,
    run::{StopSignal, Time},
    target::Target,
    verdict::ExitStatus,
};

/// What `work` makes of the target, which is started for it where that is ours to do, and stopped;
/// `None` where it was not done in time, or somebody asked the process to end.
///
/// # Errors
/// How to end where there is no target, which was told.
pub(super) async fn on_target<T>(
    reach: &Reach,
    time: Time,
    work: impl AsyncFnOnce(&Target) -> T,
) -> Result<Option<T>, ExitStatus> {
    let stop = StopSignal::listen();
    let until = time.end_of_judging(true);
    let started = tokio::select! {
        started = reach.target.start(until) => started,
        () = stop.asked() => return Err(ExitStatus::Incomplete),
    };
    let started = started.map_err(|error| {
        output::error(&error.to_string());
        if let Some(printed) = error.output() {
            output::print(&visible(printed));
        }
        if error.is_usage() {
            ExitStatus::Usage
        } else {
            ExitStatus::Unreachable
        }
    })?;
    let done = tokio::select! {
        done = work(&started.target) => Some(done),
        () = stop.asked() => None,
        () = tokio::time::sleep_until(until.into()) => None,
    };
    started.stop(time.left_to_stop(), stop.asked_again()).await;
    Ok(done)
}
