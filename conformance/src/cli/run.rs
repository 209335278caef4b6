//! `authspec run`: judge one target.

use std::{panic::AssertUnwindSafe, rc::Rc};

use futures::FutureExt as _;

use super::{
    args::RunArgs,
    gate, output,
    progress::Progress,
    repeat::repeated,
    settings::{self, RunSettings, TargetSettings},
    stop::StopSignal,
    target::{self, Started},
    time::Time,
};
use crate::{
    report::terminal,
    run::{self, Ending, EngineError, EngineSettings, Run},
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
        return match once(&settings, time, &stop).await {
            Ok(run) => gate::finish(run, &settings, time, &stop).await,
            Err(status) => status,
        };
    }
    match repeated(&mut settings, times, args.deadline, &stop).await {
        Ok((worst, told)) => {
            let time = Time::begins(args.deadline);
            let status = gate::finish(worst, &settings, time, &stop).await;
            say(&settings, &told);
            status
        }
        Err(status) => status,
    }
}

/// The record of one run, or how to end without one. A panic is part of the record.
pub(super) async fn once(
    settings: &RunSettings,
    time: Time,
    stop: &StopSignal,
) -> Result<Run, ExitStatus> {
    let judged = AssertUnwindSafe(judged(settings, time, stop)).catch_unwind();
    match judged.await {
        Ok(judged) => judged,
        // Whatever went wrong here, the reports that were asked for say so.
        Err(panic) => Ok(never_began(
            settings,
            None,
            Ending::Defect(run::said(&*panic)),
        )),
    }
}

/// The record of the run, or how to end without one.
async fn judged(settings: &RunSettings, time: Time, stop: &StopSignal) -> Result<Run, ExitStatus> {
    let command = matches!(settings.target, TargetSettings::Command(_));
    let started = tokio::select! {
        started = target::start(&settings.target, time) => started,
        () = stop.asked() => return Ok(never_began(settings, None, Ending::Interrupted)),
        () = time.judged(command) => {
            let limit = humantime::format_duration(time.limit());
            let why = format!("the target was not there within {limit}, the time for the whole run");
            return Ok(never_began(settings, None, Ending::Unreachable(why)));
        }
    };
    let started = match started {
        Ok(started) => started,
        Err(error) if error.exit_status() == ExitStatus::Usage => {
            output::error(&error.to_string());
            return Err(ExitStatus::Usage);
        }
        Err(error) => {
            let printed = error.output().map(str::to_owned);
            let ending = Ending::Unreachable(error.to_string());
            return Ok(never_began(settings, printed, ending));
        }
    };
    if settings.heading {
        say(
            settings,
            &terminal::heading(&started.target.info, settings.engine.seed),
        );
    }
    judge(started, settings, time, stop).await
}

async fn judge(
    started: Started,
    settings: &RunSettings,
    time: Time,
    stop: &StopSignal,
) -> Result<Run, ExitStatus> {
    let command = matches!(settings.target, TargetSettings::Command(_));
    let progress = Rc::new(Progress::new());
    let outcome = run::run(
        &settings.catalogue,
        &settings.selected,
        &started.target,
        &EngineSettings {
            until: Some(time.end_of_judging(command)),
            ..settings.engine.clone()
        },
        Rc::clone(&progress) as Rc<dyn run::Observer>,
        stop.asked(),
    )
    .await;
    progress.clear();
    let printed = started.stop(time.left_to_stop(), stop).await;
    match outcome {
        Ok(mut run) => {
            run.target.output = printed;
            Ok(run)
        }
        Err(error) => {
            output::error(&error.to_string());
            Err(match error {
                EngineError::SeedUsed(_) => ExitStatus::Usage,
                EngineError::Client(_) => ExitStatus::Defect,
            })
        }
    }
}

/// The record of a run that never had a target to judge.
fn never_began(settings: &RunSettings, printed: Option<String>, ending: Ending) -> Run {
    let mut target = target::described(&settings.target);
    target.output = printed;
    run::nothing_ran(
        &settings.catalogue,
        &settings.selected,
        target,
        &settings.engine,
        ending,
    )
}

/// Prints for people: on the standard output, unless a report takes that.
pub(super) fn say(settings: &RunSettings, text: &str) {
    if settings.report_on_stdout() {
        output::print_aside(text);
    } else {
        output::print(text);
    }
}
