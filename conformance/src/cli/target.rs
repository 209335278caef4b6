//! The target of a command line, brought to life and ended again.

use super::settings::TargetSettings;
use crate::{
    exit::ExitStatus,
    run::{TargetInfo, TargetKind},
    target::{CommandError, CommandTarget, Reference, ReferenceError, Target},
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

/// Starts what has to be started.
pub(super) async fn start(settings: &TargetSettings) -> Result<Started, StartError> {
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
            let command = CommandTarget::start((**spec).clone()).await?;
            Ok(Started {
                target: command.target.clone(),
                owned: Owned::Command(command),
            })
        }
    }
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
    /// How a command ended, if it did so by itself.
    pub(super) async fn has_ended(&self) -> Option<String> {
        match &self.owned {
            Owned::Command(command) => command.has_ended().await,
            Owned::Nothing | Owned::Reference(_) => None,
        }
    }

    /// Ends what was started. Yields what a command printed.
    pub(super) async fn stop(self) -> Option<String> {
        match self.owned {
            Owned::Nothing => None,
            Owned::Reference(reference) => {
                reference.stop().await;
                None
            }
            Owned::Command(command) => {
                command.stop().await;
                Some(command.output())
            }
        }
    }
}
