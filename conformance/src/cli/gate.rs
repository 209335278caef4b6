//! From a finished run to what a pipeline goes by: the baseline, the reports, the exit status.

use std::{env, io};

use super::{beside, output, settings::RunSettings};
use crate::{
    report::{
        github::{Actions, annotations, deaf_between},
        redact, terminal, write,
    },
    run::{Ending, Run, StopSignal, Time, contained},
    verdict::{ExitStatus, baseline::Judgement},
};

/// Prints the result, writes what was asked for, tells GitHub Actions where there is one, and
/// says how the process ends.
pub(super) async fn finish(
    mut run: Run,
    settings: &RunSettings,
    time: Time,
    stop: &StopSignal,
) -> ExitStatus {
    redacted(&mut run, settings);
    let run = &mut run;
    let judgement = settings
        .baseline
        .as_ref()
        .map_or_else(Judgement::default, |baseline| baseline.judge(run));
    let actions = Actions::detect(|name| env::var_os(name));
    let text = contained(|| {
        terminal::render(run, settings.verbose)
            + &terminal::baseline_lines(run, &judgement)
            + &terminal::next_step_line(run, &judgement)
    });
    let text = text.unwrap_or_else(|what| {
        let said = format!("the result cannot be shown: {what}");
        run.ending = Ending::Defect(said.clone());
        format!("{said}\n")
    });
    if actions.is_some() {
        let token = uuid::Uuid::new_v4().simple().to_string();
        let (stop, resume) = deaf_between(&token);
        settings.say(&format!("{stop}{text}{resume}"));
    } else {
        settings.say(&text);
    }

    let reference = beside::reference(run, settings, time, stop).await;
    let unwritten = write::write_all(
        &settings.reports,
        run,
        &judgement,
        reference.as_ref(),
        &mut io::stdout(),
    );
    if let Some(actions) = actions {
        settings.say(&annotations(run, &judgement));
        if let Err(error) = actions.append_summary(run, &judgement) {
            output::error(&format!("the step summary cannot be written: {error}"));
        }
    }
    with_evidence(judgement.exit_status(run), &unwritten)
}

/// Tells which reports could not be written, and says how a process ends that would have ended so.
pub(super) fn with_evidence(status: ExitStatus, unwritten: &[write::Unwritable]) -> ExitStatus {
    for problem in unwritten {
        output::error(&problem.to_string());
    }
    match status {
        _ if unwritten.iter().any(|problem| problem.is_defect) => ExitStatus::Defect,
        // A gate whose evidence is missing has not passed.
        ExitStatus::Conforms if !unwritten.is_empty() => ExitStatus::Usage,
        status => status,
    }
}

/// Takes what the user handed over, the values of `--header`, out of a record.
pub(super) fn redacted(run: &mut Run, settings: &RunSettings) {
    let headers = settings.engine.client.headers.iter();
    let values: Vec<String> = headers
        .map(|(_, value)| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect();
    redact(run, &values);
}
