//! `authspec completions` and `authspec man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// Which completions to print.
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Where manual pages go.
#[derive(Args, Debug)]
pub struct ManArgs {
    /// Write one page a command into this folder, which must exist
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
}
