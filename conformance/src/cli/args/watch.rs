//! `authspec watch`.

use std::{path::PathBuf, time::Duration};

use clap::{Args, builder::BoolishValueParser};

use super::{ConnectArgs, SelectArgs, TargetArgs, values::positive_duration};

/// Examples for the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  authspec watch -- python3 app.py               start it, judge it, and again when a file changes
  authspec watch --up-to 11 -- python3 app.py    only what the tasks up to 11 ask for
  authspec watch --base-url http://localhost:5000
                                                 a server that reloads by itself

Files that git ignores are not watched, nor what the server writes while it is judged.

Keys:
  a  everything again     n  next failure     p  previous failure     q  quit";

/// What to judge again and again.
#[derive(Args, Debug)]
pub struct WatchArgs {
    /// What is judged
    #[command(flatten)]
    pub target: TargetArgs,

    /// How it is reached
    #[command(flatten)]
    pub connect: ConnectArgs,

    /// What to select
    #[command(flatten)]
    pub select: SelectArgs,

    /// Count should as must
    #[arg(long, env = "AUTHSPEC_STRICT", value_parser = BoolishValueParser::new(), help_heading = "Judging")]
    pub strict: bool,

    /// The most time for one run
    #[arg(long, value_name = "DURATION", env = "AUTHSPEC_DEADLINE", default_value = "10m", value_parser = positive_duration, help_heading = "Pace")]
    pub deadline: Duration,

    /// The folder whose files are watched
    #[arg(long, value_name = "DIR", env = "AUTHSPEC_WATCH", default_value = ".")]
    pub folder: PathBuf,
}
