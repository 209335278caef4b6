//! `authspec doctor`: is a target ready to be judged?

use std::time::Duration;

use super::{args::DoctorArgs, output, settings, stop::StopSignal, target, time::Time};
use crate::{
    run::doctor::{self, State},
    verdict::ExitStatus,
};

/// No look takes longer.
const LIMIT: Duration = Duration::from_mins(10);

pub(super) async fn doctor(args: DoctorArgs) -> ExitStatus {
    let reach = match settings::target::reach(&args.target, &args.connect) {
        Ok(reach) => reach,
        Err(error) => {
            output::error(&error.to_string());
            return error.exit_status();
        }
    };
    let stop = StopSignal::listen();
    let time = Time::begins(LIMIT);
    let started = match target::start_or_tell(&reach.target, time, &stop).await {
        Ok(started) => started,
        Err(status) => return status,
    };
    let base = started.target.base.clone();
    let checkup = tokio::select! {
        checkup = doctor::examine(base, &reach.client, reach.wait) => Some(checkup),
        () = stop.asked() => None,
        () = time.judged(true) => None,
    };
    started.stop(time.left_to_stop(), &stop).await;
    match checkup {
        Some(Ok(checkup)) => {
            output::print(&doctor::render(&checkup));
            match checkup.state() {
                State::Good | State::Fair => ExitStatus::Conforms,
                State::Bad => ExitStatus::Fails,
                State::Unreachable => ExitStatus::Unreachable,
            }
        }
        Some(Err(error)) => {
            output::error(&error.to_string());
            ExitStatus::Defect
        }
        None => ExitStatus::Incomplete,
    }
}
