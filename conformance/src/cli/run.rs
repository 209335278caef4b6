//! `authspec run`: judge one target.

use std::rc::Rc;

use super::{
    args::RunArgs,
    gate, output,
    progress::Progress,
    settings::{self, RunSettings, TargetSettings},
    stop,
};
use crate::{
    client::{Ask, Client},
    engine,
    exit::ExitStatus,
    names::Names,
    report::terminal,
    run::Run,
    target::{Reference, Target},
};

pub(super) async fn run(args: RunArgs) -> ExitStatus {
    let settings = match settings::run(&args) {
        Ok(settings) => settings,
        Err(error) => {
            output::error(&error.to_string());
            return error.exit_status();
        }
    };
    let (target, reference) = match &settings.target {
        TargetSettings::Url(url) => (Target::at(url.clone()), None),
        TargetSettings::Reference { bcrypt_cost } => match Reference::start(*bcrypt_cost).await {
            Ok(reference) => (reference.target.clone(), Some(reference)),
            Err(error) => {
                output::error(&error.to_string());
                return ExitStatus::Unreachable;
            }
        },
    };
    say(
        &settings,
        &terminal::heading(&target.info, settings.engine.seed),
    );
    if settings.chosen_seed && used_before(&target, &settings).await {
        output::error(&format!(
            "the data of seed {} is on this target already: leave --seed out, or start the target with an empty store",
            settings.engine.seed
        ));
        return ExitStatus::Usage;
    }
    let status = judge(&target, &settings).await;
    if let Some(reference) = reference {
        reference.stop().await;
    }
    status
}

async fn judge(target: &Target, settings: &RunSettings) -> ExitStatus {
    let progress = Rc::new(Progress::new());
    let outcome = engine::run(
        &settings.catalogue,
        &settings.selected,
        target,
        &settings.engine,
        Rc::clone(&progress) as Rc<dyn engine::Observer>,
        stop::asked_to_stop(),
    )
    .await;
    progress.clear();
    let run: Run = match outcome {
        Ok(run) => run,
        Err(error) => {
            output::error(&error.to_string());
            return ExitStatus::Defect;
        }
    };
    gate::finish(&run, settings).await
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
