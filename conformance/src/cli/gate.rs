//! From a finished run to what a pipeline goes by: the baseline, the reports, the exit status.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use super::{beside, output, run::say, settings::RunSettings, stop::StopSignal, time::Time};
use crate::{
    report::{
        baseline,
        github::{Actions, annotations, deaf_between},
        redact::redact,
        terminal, whole_file, write,
    },
    run::{Ending, Run, contained},
    verdict::{
        ExitStatus,
        baseline::{Baseline, BaselineError, Judgement, updated},
    },
};

/// The baseline of a run, read before anything is sent.
#[derive(Debug)]
pub(super) struct BaselineSettings {
    path: PathBuf,
    text: String,
    known: Baseline,
    update: bool,
}

impl BaselineSettings {
    /// Reads the baseline. A file that is still to be written need not be there.
    pub(super) fn read(path: &Path, update: bool) -> Result<Self, BaselineError> {
        if update {
            whole_file::check(path)?;
        }
        let text = match fs::read_to_string(path) {
            Err(error) if update && error.kind() == io::ErrorKind::NotFound => String::new(),
            text => text?,
        };
        Ok(Self {
            path: path.to_owned(),
            known: Baseline::parse(&text)?,
            text,
            update,
        })
    }

    fn judge(&self, run: &Run) -> Judgement {
        if !self.update || !has_something_to_say(run) {
            return Judgement::of(&self.known, run);
        }
        match self.rewrite(run) {
            Ok(fresh) => Judgement::of(&fresh, run),
            Err(error) => {
                output::error(&format!("{}: {error}", self.path.display()));
                Judgement::of(&self.known, run)
            }
        }
    }

    fn rewrite(&self, run: &Run) -> Result<Baseline, BaselineError> {
        let text = updated(&self.text, run)?;
        let fresh = Baseline::parse(&text)?;
        if text != self.text {
            whole_file::write(&self.path, text.as_bytes())?;
        }
        Ok(fresh)
    }
}

/// A run that never reached its target, or that broke down, is no reason to rewrite anything.
fn has_something_to_say(run: &Run) -> bool {
    !matches!(run.ending, Ending::Unreachable(_) | Ending::Defect(_))
}

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
            + &baseline::lines(run, &judgement)
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
        say(settings, &format!("{stop}{text}{resume}"));
    } else {
        say(settings, &text);
    }

    let reference = beside::reference(run, settings, time, stop).await;
    let unwritten = write::write_all(
        &settings.reports,
        run,
        &judgement,
        reference.as_ref(),
        &mut io::stdout(),
    );
    for problem in &unwritten {
        output::error(&problem.to_string());
    }
    if let Some(actions) = actions {
        say(settings, &annotations(run, &judgement));
        if let Err(error) = actions.append_summary(run, &judgement) {
            output::error(&format!("the step summary cannot be written: {error}"));
        }
    }
    match judgement.exit_status(run) {
        _ if unwritten.iter().any(|problem| problem.is_defect) => ExitStatus::Defect,
        // A gate whose evidence is missing has not passed.
        ExitStatus::Conforms if !unwritten.is_empty() => ExitStatus::Usage,
        status => status,
    }
}

/// Takes what the user handed over out of a record.
pub(super) fn redacted(run: &mut Run, settings: &RunSettings) {
    redact(run, &handed_over(settings));
}

/// The values of `--header`.
fn handed_over(settings: &RunSettings) -> Vec<String> {
    let headers = settings.engine.client.headers.iter();
    headers
        .map(|(_, value)| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect()
}
