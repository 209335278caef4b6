//! The target of a command line, brought to life and ended again.

use std::time::{Duration, Instant};

use super::{output, settings::TargetSettings, stop::StopSignal, time::Time};
use crate::{
    http::visible::visible,
    target::{CommandError, CommandTarget, Reference, ReferenceError, Target},
    target::{TargetInfo, TargetKind},
    verdict::ExitStatus,
};

/// A target that is there, with what has to be ended afterwards.
#[derive(Debug)]
pub(super) struct Started {
    /// What is judged.
    pub(super) target: Target,
    owned: Owned,
}

#[derive(Debug)]
enum Owned {
    Nothing,
    Reference(Reference),
    Command(CommandTarget),
}

/// Why there is no target.
#[derive(Debug, thiserror::Error)]
pub(super) enum StartError {
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    #[error(transparent)]
    Command(#[from] CommandError),
}

impl StartError {
    pub(super) fn exit_status(&self) -> ExitStatus {
        match self {
            Self::Command(error) if error.is_usage() => ExitStatus::Usage,
            _ => ExitStatus::Unreachable,
        }
    }

    /// What a command printed before it failed.
    pub(super) fn output(&self) -> Option<&str> {
        match self {
            Self::Command(error) => error.output(),
            Self::Reference(_) => None,
        }
    }
}

/// Starts what has to be started, within the time.
pub(super) async fn start(settings: &TargetSettings, time: Time) -> Result<Started, StartError> {
    match settings {
        TargetSettings::Url(url) => Ok(Started {
            target: Target::at(url.clone()),
            owned: Owned::Nothing,
        }),
        TargetSettings::Reference { bcrypt_cost } => {
            let reference = Reference::start(*bcrypt_cost).await?;
            Ok(Started {
                target: reference.target.clone(),
                owned: Owned::Reference(reference),
            })
        }
        TargetSettings::Command(spec) => {
            let mut spec = (**spec).clone();
            let until = time.end_of_judging(true);
            let left = until.saturating_duration_since(Instant::now());
            spec.wait = spec.wait.min(whole_millis(left));
            let command = CommandTarget::start(spec).await?;
            Ok(Started {
                target: command.target.clone(),
                owned: Owned::Command(command),
            })
        }
    }
}

/// The same for a command without a report: where there is no target, it says why on the terminal
/// and yields how to end.
pub(super) async fn start_or_tell(
    settings: &TargetSettings,
    time: Time,
    stop: &StopSignal,
) -> Result<Started, ExitStatus> {
    let started = tokio::select! {
        started = start(settings, time) => started,
        () = stop.asked() => return Err(ExitStatus::Incomplete),
    };
    started.map_err(|error| {
        output::error(&error.to_string());
        if let Some(printed) = error.output() {
            output::print(&visible(printed));
        }
        error.exit_status()
    })
}

/// As a message shows it.
fn whole_millis(time: Duration) -> Duration {
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

/// What reports say of a target that never came to be.
pub(super) fn described(settings: &TargetSettings) -> TargetInfo {
    let (url, kind, description) = match settings {
        TargetSettings::Url(url) => return Target::at(url.clone()).info,
        TargetSettings::Reference { .. } => (
            String::new(),
            TargetKind::Reference,
            "the reference server, in this process".to_owned(),
        ),
        TargetSettings::Command(spec) => {
            let base = spec.base.as_ref().map(ToString::to_string);
            let url = base.unwrap_or_default().trim_end_matches('/').to_owned();
            (url, TargetKind::Command, spec.description())
        }
    };
    TargetInfo {
        url,
        kind,
        description,
        server: None,
        output: None,
    }
}

impl Started {
    /// Ends what was started: a command is asked to, and killed after `grace`, or once somebody
    /// asks again. Yields what a command printed.
    pub(super) async fn stop(self, grace: Duration, signal: &StopSignal) -> Option<String> {
        match self.owned {
            Owned::Nothing => None,
            Owned::Reference(reference) => {
                reference.stop().await;
                None
            }
            Owned::Command(command) => {
                tokio::select! {
                    () = command.stop(grace) => {}
                    // What is dropped is killed.
                    () = signal.asked_again() => {}
                }
                Some(command.output())
            }
        }
    }
}
