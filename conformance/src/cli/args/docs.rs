//! `authspec docs`.

use std::path::PathBuf;

use clap::Args;

/// Examples for the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  authspec docs                            writes requirements.html
  authspec docs --out public/index.html    writes it there
  authspec docs --out - > page.html        to the standard output
  authspec docs --features my/features     the requirements of another folder";

/// Where the page goes.
#[derive(Args, Debug)]
pub struct DocsArgs {
    /// The file to write; - is the standard output
    #[arg(
        long,
        value_name = "FILE",
        env = "AUTHSPEC_DOCS",
        default_value = "requirements.html"
    )]
    pub out: PathBuf,

    /// Features from this folder instead of the compiled-in ones
    #[arg(long, value_name = "DIR", env = "AUTHSPEC_FEATURES")]
    pub features: Option<PathBuf>,
}
