//! `authspec grade` and `authspec merge`.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, builder::BoolishValueParser};

use crate::grade::{Shard, job_array};

/// Examples for the help of `grade`.
pub(super) const GRADE_EXAMPLES: &str = "\
Examples:
  authspec grade targets.toml                              the targets that a file names
  authspec grade 'submissions/*' --copy -- python3 app.py  a target for each folder
  authspec grade targets.toml --shard 2/4 --out part-2     the second of four parts
  authspec grade targets.toml --shard auto --out part      the part that a job is of its array

The file:
  deadline = \"2m\"               # for each run; timeout and wait are budgets too
  points = { must = 1, should = 0.5 }    # or by task: { 7 = 2, 8 = 1 }
  [[target]]
  name = \"staging\"
  url = \"https://staging.example.org/api\"
  [[target]]
  name = \"mine\"
  command = [\"python3\", \"app.py\"]
  folder = \"work/mine\"          # paths begin at the file
  copy = true                   # start in a temporary copy
  [[folders]]
  pattern = \"submissions/*\"
  command = [\"python3\", \"app.py\"]

The output folder holds index.html, comparison.md, .csv and .json, and a report each. A grading
that was interrupted goes on when it is asked for again; --again begins anew.

Exit status: 0 all conform, 1 one does not, 2 the file is wrong, 6 one could not be judged";

/// Examples for the help of `merge`.
pub(super) const MERGE_EXAMPLES: &str = "\
Examples:
  authspec merge --out graded part-1 part-2

Exit status: that of the whole grading; 2 where the parts are not one grading, each once and done";

/// What to grade.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
#[derive(Args, Debug)]
pub struct GradeArgs {
    /// A TOML file that names the targets, or a pattern of folders such as 'submissions/*'
    #[arg(value_name = "FILE")]
    pub file: String,

    /// The command that starts the target of each folder of a pattern; PORT names its port
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,

    /// Start each in a temporary copy of its folder
    #[arg(long, env = "AUTHSPEC_COPY", value_parser = BoolishValueParser::new())]
    pub copy: bool,

    /// Where results, reports and the comparison go
    #[arg(
        long,
        value_name = "DIR",
        env = "AUTHSPEC_OUT",
        default_value = "authspec-grade"
    )]
    pub out: PathBuf,

    /// Targets at once [default: two a processor]
    #[arg(long, value_name = "N", env = "AUTHSPEC_AT_ONCE")]
    pub at_once: Option<NonZeroUsize>,

    /// Count should as must
    #[arg(long, env = "AUTHSPEC_STRICT", value_parser = BoolishValueParser::new())]
    pub strict: bool,

    /// Let the commands do all that you may: read, write, connect, and see your environment
    #[arg(long, env = "AUTHSPEC_UNCONFINED", value_parser = BoolishValueParser::new())]
    pub unconfined: bool,

    /// Only this part of the targets, such as 2/4; auto for the part that this job is of an array
    #[arg(long, value_name = "K/N", env = "AUTHSPEC_SHARD", value_parser = shard)]
    pub shard: Option<Shard>,

    /// Judge all of them, whatever an earlier grading has done
    #[arg(long, env = "AUTHSPEC_AGAIN", value_parser = BoolishValueParser::new())]
    pub again: bool,
}

fn shard(text: &str) -> Result<Shard, String> {
    match text {
        "auto" => job_array::part(|name| std::env::var(name).ok()),
        text => text.parse(),
    }
}

/// What to put together.
#[derive(Args, Debug)]
pub struct MergeArgs {
    /// The output folders of all parts
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,

    /// The output folder of the whole
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}
