//! `authspec run`: judge one target.

use super::{
    args::RunArgs,
    gate,
    judge::judged,
    output::{self, Ended},
    repeat::repeated,
    settings::{self, SettingsError},
};
use crate::run::{StopSignal, Time};

pub(super) async fn run(args: RunArgs) -> Ended {
    let time = Time::begins(args.deadline);
    let mut settings = settings::run(&args).map_err(SettingsError::told)?;
    if !settings.something_counts() {
        output::print_aside(
            "note: nothing that is selected counts, so this run can only end with 0; --strict counts should\n",
        );
    }
    let stop = StopSignal::listen();
    let times = args.repeat.get();
    if times == 1 {
        let run = judged(&settings, time, &stop).await?;
        return Ok(gate::finish(run, &settings, time, &stop).await);
    }
    let (worst, told) = repeated(&mut settings, times, args.deadline, &stop).await?;
    let time = Time::begins(args.deadline);
    let status = gate::finish(worst, &settings, time, &stop).await;
    settings.say(&told);
    Ok(status)
}
