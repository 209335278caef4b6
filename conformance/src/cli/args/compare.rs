//! `authspec compare`.

use std::path::PathBuf;

use clap::Args;

/// What to compare.
#[derive(Args, Debug)]
pub struct CompareArgs {
    /// The JSON report of the earlier run
    #[arg(value_name = "OLD")]
    pub old: PathBuf,

    /// The JSON report of the later run
    #[arg(value_name = "NEW")]
    pub new: PathBuf,

    /// One JSON document instead of text
    #[arg(long)]
    pub json: bool,
}
