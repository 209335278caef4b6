//! `authspec doctor`: is a target ready to be judged?

use std::time::Duration;

use super::{
    args::DoctorArgs,
    on_target::on_target,
    output::{self, Ended, told},
    settings::{self, SettingsError},
};
use crate::{
    run::{
        Time,
        doctor::{self, State},
    },
    verdict::ExitStatus,
};

/// No look takes longer.
const LIMIT: Duration = Duration::from_mins(10);

pub(super) async fn doctor(args: DoctorArgs) -> Ended {
    let reach =
        settings::target::reach(&args.target, &args.connect).map_err(SettingsError::told)?;
    let examined = on_target(&reach, Time::begins(LIMIT), async |target| {
        doctor::examine(target.base.clone(), &reach.client, reach.wait).await
    });
    let Some(examined) = examined.await? else {
        return Ok(ExitStatus::Incomplete);
    };
    let checkup = examined.map_err(|error| told(error, ExitStatus::Defect))?;
    output::print(&doctor::render(&checkup));
    Ok(match checkup.state() {
        State::Good | State::Fair => ExitStatus::Conforms,
        State::Bad => ExitStatus::Fails,
        State::Unreachable => ExitStatus::Unreachable,
    })
}
