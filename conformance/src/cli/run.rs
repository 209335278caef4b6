//! `authspec run`: judge one target.

use std::rc::Rc;

use super::{
    args::RunArgs,
    gate, output,
    progress::Progress,
    settings::{self, RunSettings},
    stop::StopSignal,
    target::{self, Started},
};
use crate::{
    client::{Ask, Client},
    engine,
    exit::ExitStatus,
    names::Names,
    report::terminal,
    run::{Ending, Run},
    target::Target,
};

pub(super) async fn run(args: RunArgs) -> ExitStatus {
    let settings = match settings::run(&args) {
        Ok(settings) => settings,
        Err(error) => {
            output::error(&error.to_string());
            return error.exit_status();
        }
    };
    let stop = StopSignal::listen();
    let started = tokio::select! {
        started = target::start(&settings.target) => started,
        () = stop.asked() => return never_began(&settings, None, Ending::Interrupted, &stop).await,
    };
    let started = match started {
        Ok(started) => started,
        Err(error) if error.exit_status() == ExitStatus::Usage => {
            output::error(&error.to_string());
            return ExitStatus::Usage;
        }
        Err(error) => {
            let printed = error.output().map(str::to_owned);
            return never_began(
                &settings,
                printed,
                Ending::Unreachable(error.to_string()),
                &stop,
            )
            .await;
        }
    };
    say(
        &settings,
        &terminal::heading(&started.target.info, settings.engine.seed),
    );
    if settings.chosen_seed && used_before(&started.target, &settings).await {
        output::error(&format!(
            "the data of seed {} is on this target already: leave --seed out, or start the target with an empty store",
            settings.engine.seed
        ));
        started.stop().await;
        return ExitStatus::Usage;
    }
    judge(started, &settings, &stop).await
}

async fn judge(started: Started, settings: &RunSettings, stop: &StopSignal) -> ExitStatus {
    let progress = Rc::new(Progress::new());
    let outcome = engine::run(
        &settings.catalogue,
        &settings.selected,
        &started.target,
        &settings.engine,
        Rc::clone(&progress) as Rc<dyn engine::Observer>,
        stop.asked(),
    )
    .await;
    progress.clear();
    let ended = started.has_ended().await;
    let printed = started.stop().await;
    let mut run: Run = match outcome {
        Ok(run) => run,
        Err(error) => {
            output::error(&error.to_string());
            return ExitStatus::Defect;
        }
    };
    run.target.output = printed;
    if let (Ending::TargetLost(why), Some(how)) = (&mut run.ending, ended) {
        *why = format!("{why}; the command has ended ({how})");
    }
    gate::finish(run, settings, stop).await
}

/// Tells of a run that never had a target to judge.
async fn never_began(
    settings: &RunSettings,
    printed: Option<String>,
    ending: Ending,
    stop: &StopSignal,
) -> ExitStatus {
    let mut target = target::described(&settings.target);
    target.output = printed;
    let run = engine::nothing_ran(
        &settings.catalogue,
        &settings.selected,
        target,
        &settings.engine,
        ending,
    );
    gate::finish(run, settings, stop).await
}

/// Prints for people: on the standard output, unless a report takes that.
pub(super) fn say(settings: &RunSettings, text: &str) {
    if settings.report_on_stdout() {
        output::print_aside(text);
    } else {
        output::print(text);
    }
}

/// Whether an earlier run with the same seed has left its accounts on the target: they would be
/// taken, and nobody would be at fault.
async fn used_before(target: &Target, settings: &RunSettings) -> bool {
    let names = Names::new(settings.engine.seed);
    let Ok(client) = Client::new(target.base.clone(), settings.engine.client.clone()) else {
        return false;
    };
    // Every run with a chosen seed leaves this mark first.
    let mark = Ask::register(&names.email("seed", "mark"), &names.password("mark"));
    let again = Ask::reset_token(&names.email("seed", "mark"));
    let known = matches!(client.attempt(&again).await, Ok(response)
        if response.status == 200 && crate::expect::json_member(&response, "reset_token").is_some());
    if !known {
        let _ = client.attempt(&mark).await;
    }
    known
}
