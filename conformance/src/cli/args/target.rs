//! Options about what is judged and how it is reached, the same for every command.

use std::{path::PathBuf, time::Duration};

use clap::{Args, builder::BoolishValueParser};

use super::values::{duration, positive_duration};
use crate::target::confine::Confinement;

/// What is judged.
#[derive(Args, Clone, Debug, Default)]
pub struct TargetArgs {
    /// Start the target with this command and stop it afterwards, with all that it started; {port}
    /// in it and PORT in its environment are a free port, or that of --base-url
    #[arg(last = true, value_name = "COMMAND", help_heading = "Target")]
    pub command: Vec<String>,

    /// A variable for COMMAND, beside its environment; repeatable
    #[arg(
        long = "env",
        value_name = "NAME=VALUE",
        env = "AUTHSPEC_ENV",
        hide_env_values = true,
        value_parser = variable,
        help_heading = "Target"
    )]
    pub environment: Vec<(String, String)>,

    /// What the command may do, as `grade` hands it over
    #[arg(long, value_name = "JSON", hide = true, value_parser = confinement)]
    pub confine: Option<Confinement>,

    /// The target, http or https, with or without a path prefix; without it the reference server
    #[arg(long, value_name = "URL", env = "BASE_URL", help_heading = "Target")]
    pub base_url: Option<String>,

    /// The bcrypt cost of the reference server in this process; its own default is 12
    #[arg(long, value_name = "N", env = "AUTHSPEC_REFERENCE_BCRYPT_COST", default_value_t = 4,
        value_parser = clap::value_parser!(u32).range(4..=31), help_heading = "Target")]
    pub reference_bcrypt_cost: u32,
}

/// How the target is reached.
#[derive(Args, Clone, Debug)]
pub struct ConnectArgs {
    /// A header for every request, 'Name: value'; its value never appears in a report; repeatable
    #[arg(
        long,
        value_name = "HEADER",
        env = "AUTHSPEC_HEADER",
        hide_env_values = true,
        help_heading = "Target"
    )]
    pub header: Vec<String>,

    /// Trust the certificates in this PEM file too
    #[arg(
        long,
        value_name = "FILE",
        env = "AUTHSPEC_CA",
        help_heading = "Target"
    )]
    pub ca: Option<PathBuf>,

    /// Accept any certificate
    #[arg(long, env = "AUTHSPEC_INSECURE", value_parser = BoolishValueParser::new(), help_heading = "Target")]
    pub insecure: bool,

    /// Reach the target through this proxy; those of the environment are never used
    #[arg(
        long,
        value_name = "URL",
        env = "AUTHSPEC_PROXY",
        help_heading = "Target"
    )]
    pub proxy: Option<String>,

    /// The least time between an answer and the next request [default: 10ms, and 0s for the reference server]
    #[arg(long, value_name = "DURATION", env = "AUTHSPEC_PAUSE", value_parser = duration, help_heading = "Pace")]
    pub pause: Option<Duration>,

    /// The most time for one request
    #[arg(long, value_name = "DURATION", env = "AUTHSPEC_TIMEOUT", default_value = "10s", value_parser = positive_duration, help_heading = "Pace")]
    pub timeout: Duration,

    /// How long to wait for the target's first answer [default: 2s, and 30s for a COMMAND]
    #[arg(long, value_name = "DURATION", env = "AUTHSPEC_WAIT", value_parser = duration, help_heading = "Pace")]
    pub wait: Option<Duration>,
}

fn confinement(text: &str) -> Result<Confinement, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a variable is written NAME=VALUE".to_owned()),
    }
}
