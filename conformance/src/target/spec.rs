//! What to judge, as it was asked for: brought to life, described before it is there, and ended.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::Url;

use super::{
    CommandSpec, Reference, StartError, Target, TargetInfo, TargetKind, command::CommandTarget,
    shown,
};

/// What to judge.
#[derive(Clone, Debug)]
pub enum TargetSpec {
    /// What answers there already.
    Url(Url),
    /// What a command starts.
    Command(Box<CommandSpec>),
    /// The reference server, in this process.
    Reference {
        /// The cost of its password hashes (4 to 31).
        bcrypt_cost: u32,
    },
}

/// A target that is there, with what has to be ended afterwards.
#[derive(Debug)]
pub struct Started {
    /// What is judged.
    pub target: Target,
    owned: Owned,
}

#[derive(Debug)]
enum Owned {
    Nothing,
    Reference(Box<Reference>),
    Command(Arc<CommandTarget>),
}

impl TargetSpec {
    /// Whether a command has to be started, and so stopped.
    pub fn is_command(&self) -> bool {
        matches!(self, Self::Command(_))
    }

    /// Whether it runs already, whoever started it, and keeps its store from run to run.
    pub fn is_foreign(&self) -> bool {
        matches!(self, Self::Url(_))
    }

    /// Starts what has to be started, and waits until a command answers, not longer than `until`.
    ///
    /// # Errors
    /// When it cannot be started, or does not answer in time.
    pub async fn start(&self, until: Instant) -> Result<Started, StartError> {
        let (target, owned) = match self {
            Self::Url(url) => (Target::at(url.clone()), Owned::Nothing),
            Self::Reference { bcrypt_cost } => {
                let reference = Reference::start(*bcrypt_cost).await?;
                (
                    reference.target.clone(),
                    Owned::Reference(Box::new(reference)),
                )
            }
            Self::Command(spec) => {
                let mut spec = (**spec).clone();
                let left = until.saturating_duration_since(Instant::now());
                spec.wait = spec.wait.min(whole_millis(left));
                let (target, command) = CommandTarget::start(spec).await?;
                (target, Owned::Command(command))
            }
        };
        Ok(Started { target, owned })
    }

    /// What reports say of it where it never came to be.
    pub fn info(&self) -> TargetInfo {
        let (url, kind, description) = match self {
            Self::Url(url) => return Target::at(url.clone()).info,
            Self::Reference { .. } => (
                String::new(),
                TargetKind::Reference,
                "the reference server, in this process".to_owned(),
            ),
            Self::Command(spec) => (
                spec.base.as_ref().map(shown).unwrap_or_default(),
                TargetKind::Command,
                spec.description(),
            ),
        };
        TargetInfo::new(url, kind, description)
    }
}

/// As a message shows it.
fn whole_millis(time: Duration) -> Duration {
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

impl Started {
    /// Ends what was started: a command is asked to, and killed after `grace`, or once `at_once` is
    /// ready. Yields what a command printed.
    pub async fn stop(self, grace: Duration, at_once: impl Future<Output = ()>) -> Option<String> {
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
                    () = at_once => {}
                }
                Some(command.printed())
            }
        }
    }
}
