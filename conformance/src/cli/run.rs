//! `authspec run`: judge one target.

use super::{args::RunArgs, gate, judge::judged, output, repeat::repeated, settings};
use crate::{
    run::{StopSignal, Time},
    verdict::ExitStatus,
};

pub(super) async fn run(args: RunArgs) -> ExitStatus {
    let time = Time::begins(args.deadline);
    let mut settings = match settings::run(&args) {
        Ok(settings) => settings,
        Err(error) => {
            output::error(&error.to_string());
            return error.exit_status();
        }
    };
    if !settings.something_counts() {
        output::print_aside(
            "note: nothing that is selected counts, so this run can only end with 0; --strict counts should\n",
        );
    }
    let stop = StopSignal::listen();
    let times = args.repeat.get();
    if times == 1 {
        return match judged(&settings, time, &stop).await {
            Ok(run) => gate::finish(run, &settings, time, &stop).await,
            Err(status) => status,
        };
    }
    match repeated(&mut settings, times, args.deadline, &stop).await {
        Ok((worst, told)) => {
            let time = Time::begins(args.deadline);
            let status = gate::finish(worst, &settings, time, &stop).await;
            settings.say(&told);
            status
        }
        Err(status) => status,
    }
}
