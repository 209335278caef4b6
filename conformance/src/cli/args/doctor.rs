//! `authspec doctor`.

use clap::Args;

use super::{ConnectArgs, TargetArgs};

/// Examples for the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  authspec doctor --base-url http://localhost:5000     is it ready to be judged?
  authspec doctor --base-url https://auth.test --ca ca.pem
  authspec doctor -- python3 app.py                    does it start on the port in PORT?

Exit status:
  0   a run makes sense
  1   a run will fail at once: nobody can register or log in
  2   the command line is wrong; nothing was sent
  3   the target could not be reached";

/// What to look at.
#[derive(Args, Debug)]
pub struct DoctorArgs {
    /// What is looked at
    #[command(flatten)]
    pub target: TargetArgs,

    /// How it is reached
    #[command(flatten)]
    pub connect: ConnectArgs,
}
