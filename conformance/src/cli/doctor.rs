//! `authspec doctor`: is a target ready to be judged?

use std::time::Duration;

use super::{args::DoctorArgs, on_target::on_target, output, settings};
use crate::{
    run::{
        Time,
        doctor::{self, State},
    },
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
    let examined = on_target(&reach, Time::begins(LIMIT), async |target| {
        doctor::examine(target.base.clone(), &reach.client, reach.wait).await
    });
    match examined.await {
        Err(status) => status,
        Ok(Some(Ok(checkup))) => {
            output::print(&doctor::render(&checkup));
            match checkup.state() {
                State::Good | State::Fair => ExitStatus::Conforms,
                State::Bad => ExitStatus::Fails,
                State::Unreachable => ExitStatus::Unreachable,
            }
        }
        Ok(Some(Err(error))) => {
            output::error(&error.to_string());
            ExitStatus::Defect
        }
        Ok(None) => ExitStatus::Incomplete,
    }
}
