//! Why there is no target.

use std::time::Duration;

/// Why there is no target.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The reference server does not start.
    #[error("the reference server finds no free port: {0}")]
    Reference(#[from] std::io::Error),
    /// Something answers there already.
    #[error(
        "something answers at {url} already: stop it, or leave --base-url out and let the command take the port in {{port}} or PORT"
    )]
    Occupied {
        /// Where.
        url: String,
    },
    /// No port is free.
    #[error("there is no free port: {0}")]
    NoPort(std::io::Error),
    /// The program cannot be started.
    #[error("cannot start {program}: {error}")]
    NotStarted {
        /// The program.
        program: String,
        /// Why.
        error: std::io::Error,
    },
    /// It ended before it answered.
    #[error("the command ended ({how}) before it answered at {url}")]
    Ended {
        /// Its exit status or the signal.
        how: String,
        /// Where it was awaited.
        url: String,
        /// What it printed.
        output: String,
    },
    /// It runs and does not answer.
    #[error("the command did not answer at {url} within {}{hint}", humantime::format_duration(*.wait))]
    Silent {
        /// Where it was awaited.
        url: String,
        /// For how long.
        wait: Duration,
        /// What may help.
        hint: String,
        /// What it printed.
        output: String,
    },
}

impl StartError {
    /// What a command printed before it failed.
    pub fn output(&self) -> Option<&str> {
        match self {
            Self::Ended { output, .. } | Self::Silent { output, .. } => Some(output),
            _ => None,
        }
    }

    /// Whether what was asked for cannot be meant, as with a program that is not there.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Occupied { .. } | Self::NotStarted { .. })
    }
}
