//! `authspec run`.

use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

use clap::{Args, builder::BoolishValueParser};

use super::{ConnectArgs, SelectArgs, TargetArgs, values::positive_duration};
use crate::report::ReportRequest;

/// What to run, against what, and how.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
#[derive(Args, Debug)]
pub struct RunArgs {
    /// What is judged
    #[command(flatten)]
    pub target: TargetArgs,

    /// How it is reached
    #[command(flatten)]
    pub connect: ConnectArgs,

    /// What to select
    #[command(flatten)]
    pub select: SelectArgs,

    /// Only what a JSON report says has failed or could not be judged; without FILE the one that
    /// --report json=FILE writes, as the last run has left it
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true,
        help_heading = "Selection")]
    pub rerun_failed: Option<Option<PathBuf>>,

    /// Judge so many times, and tell which verdicts are not always the same
    #[arg(
        long,
        value_name = "N",
        env = "AUTHSPEC_REPEAT",
        default_value = "1",
        help_heading = "Judging"
    )]
    pub repeat: NonZeroUsize,

    /// Count should as must
    #[arg(long, env = "AUTHSPEC_STRICT", value_parser = BoolishValueParser::new(), help_heading = "Judging")]
    pub strict: bool,

    /// The known failures, each with a reason; what it names must fail
    #[arg(
        long,
        value_name = "FILE",
        env = "AUTHSPEC_BASELINE",
        help_heading = "Judging"
    )]
    pub baseline: Option<PathBuf>,

    /// Rewrite the baseline to the smallest one that fits this run; reasons are kept
    #[arg(long, requires = "baseline", help_heading = "Judging")]
    pub update_baseline: bool,

    /// Musts at once; the verdicts are those of one at a time [default: 1]
    #[arg(
        long,
        value_name = "N",
        env = "AUTHSPEC_CONCURRENCY",
        help_heading = "Pace"
    )]
    pub concurrency: Option<NonZeroUsize>,

    /// The most time for everything, from start to end
    #[arg(long, value_name = "DURATION", env = "AUTHSPEC_DEADLINE", default_value = "10m", value_parser = positive_duration, help_heading = "Pace")]
    pub deadline: Duration,

    /// Make the run's data from this number again; every run prints its own
    #[arg(long, value_name = "N", env = "AUTHSPEC_SEED", help_heading = "Pace")]
    pub seed: Option<u64>,

    /// Shuffle the order by the seed, within what the document states and what it is silent about
    #[arg(long, env = "AUTHSPEC_SHUFFLE", value_parser = BoolishValueParser::new(), help_heading = "Pace")]
    pub shuffle: bool,

    /// Write a report: json, junit, html, markdown, badge or badge-json; PATH may be - ; repeatable
    #[arg(
        long,
        value_name = "FORMAT=PATH",
        env = "AUTHSPEC_REPORT",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub report: Vec<ReportRequest>,

    /// Show every failed scenario whole, with every request and answer
    #[arg(long, short, env = "AUTHSPEC_VERBOSE", value_parser = BoolishValueParser::new(), help_heading = "Output")]
    pub verbose: bool,
}
