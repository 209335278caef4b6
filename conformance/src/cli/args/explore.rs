//! `authspec explore`.

use std::time::Duration;

use clap::Args;

use super::{ConnectArgs, TargetArgs, values::positive_duration};

/// Examples for the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  authspec explore --for 10m --base-url http://localhost:5000
  authspec explore --for 8h -- python3 app.py          a night of histories that no run walks
  authspec explore --seed 8151 -- python3 app.py       the one that failed again, alone

Exit status:
  0   nothing departed from the document
  1   something did; the seed that repeats it is printed
  2   the command line is wrong; nothing was sent
  3   the target could not be reached
  6   it could not be told: the target died, or limits how often it may be asked
  70  a defect of authspec itself";

/// What to explore, and for how long.
#[derive(Args, Debug)]
pub struct ExploreArgs {
    /// What is explored
    #[command(flatten)]
    pub target: TargetArgs,

    /// How it is reached
    #[command(flatten)]
    pub connect: ConnectArgs,

    /// How long to go on while nothing fails
    #[arg(long = "for", value_name = "DURATION", env = "AUTHSPEC_FOR", default_value = "1m", value_parser = positive_duration)]
    pub time: Duration,

    /// Walk the history of this seed, and no other
    #[arg(long, value_name = "N", env = "AUTHSPEC_SEED")]
    pub seed: Option<u64>,
}
