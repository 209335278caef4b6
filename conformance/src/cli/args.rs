//! The command line as it is typed. What it means is the business of `settings`.

mod client;
mod doctor;
mod explore;
mod grade;
mod target;

pub use client::ClientArgs;
pub use doctor::DoctorArgs;
pub use explore::ExploreArgs;
pub use grade::{GradeArgs, MergeArgs};
pub use target::{ConnectArgs, TargetArgs};

use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, builder::BoolishValueParser};
use cucumber::gherkin::tagexpr::TagOperation;
use regex::Regex;

use super::{
    compare::CompareArgs,
    docs::{self, DocsArgs},
    shell::{CompletionsArgs, ManArgs},
    watch::{self, WatchArgs},
};
use crate::{
    report::format::{Format, ReportRequest},
    suite::Level,
};

const EXAMPLES: &str = "\
Examples:
  authspec                                     check the reference server, in this process
  authspec --base-url http://localhost:5000    check the server that runs there
  BASE_URL=http://localhost:5000 authspec      the same
  authspec -- python3 app.py                   start a server on the port in PORT, check it, stop it
  authspec -- ./serve --port {port}            the same, with the port on its command line
  authspec --base-url http://localhost:5000 -- python3 app.py
                                               start one that knows no port but its own
  authspec --requirement LOGIN-4 --verbose     one requirement, with every request and answer
  authspec --task 11 --task 15                 what two tasks of the document ask for
  authspec --strict --report json=report.json  count should as must, and write a report
  authspec --report json=report.json --rerun-failed
                                               only what failed last time
  authspec --up-to 11                          only what the tasks up to 11 ask for
  authspec --repeat 5                          is it the same each time?

Exit status:
  0   everything that counts holds
  1   a requirement that counts fails
  2   the command line, a file or a feature is wrong; nothing was sent
  3   the target could not be reached before the first scenario
  4   nothing was selected
  5   the baseline is stale
  6   nothing that counts fails, but something that counts could not be judged
  70  a defect of authspec itself";

/// Checks any implementation of the user authentication service against its document.
#[derive(Debug, Parser)]
#[command(name = "authspec", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
pub struct Cli {
    /// Without a command: run.
    #[command(flatten)]
    pub run: RunArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a target (the default)
    #[command(after_help = EXAMPLES)]
    Run(Box<RunArgs>),
    /// Judge a server again whenever one of its files changes
    #[command(after_help = watch::EXAMPLES)]
    Watch(Box<WatchArgs>),
    /// List the requirements; nothing is sent
    List(ListArgs),
    /// Explain one requirement and how it is checked; nothing is sent
    Explain(ExplainArgs),
    /// Write the requirements as a page, with the reference server's own answers
    #[command(after_help = docs::EXAMPLES)]
    Docs(DocsArgs),
    /// Look whether a target is ready to be judged, and what to do if not
    #[command(after_help = doctor::EXAMPLES)]
    Doctor(Box<DoctorArgs>),
    /// Judge a client program, such as the document's own (task 20)
    #[command(after_help = client::EXAMPLES)]
    Client(ClientArgs),
    /// Judge many targets: a report each, and one comparison
    #[command(after_help = grade::GRADE_EXAMPLES)]
    Grade(Box<GradeArgs>),
    /// Put the parts of a grading that was split with --shard together
    #[command(after_help = grade::MERGE_EXAMPLES)]
    Merge(MergeArgs),
    /// Prove that the suite can fail and raises no false alarm: it is run against servers with
    /// one fault each, servers that do nothing, and servers that are unusual in a legal way
    SelfTest(SelfTestArgs),
    /// Walk histories that no run walks, on and on, until one fails or the time is over
    #[command(after_help = explore::EXAMPLES)]
    Explore(Box<ExploreArgs>),
    /// Compare two JSON reports: what was fixed, broken, new; 1 where something is broken
    Compare(CompareArgs),
    /// Print the completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one a command into a folder
    Man(ManArgs),
}

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

/// Which requirements and scenarios a command is about. Values of one option widen, options narrow.
#[derive(Args, Clone, Debug, Default)]
pub struct SelectArgs {
    /// Only this requirement, such as LOGIN-4; repeatable
    #[arg(
        long,
        value_name = "ID",
        env = "AUTHSPEC_REQUIREMENT",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    pub requirement: Vec<String>,

    /// Only what this task of the document asks for, 0 to 20; repeatable
    #[arg(long, value_name = "N", env = "AUTHSPEC_TASK", value_delimiter = ',',
        value_parser = clap::value_parser!(u8).range(0..=20), help_heading = "Selection")]
    pub task: Vec<u8>,

    /// Only what the tasks up to this one ask for, for people in the middle of the work
    #[arg(long, value_name = "N", env = "AUTHSPEC_UP_TO",
        value_parser = clap::value_parser!(u8).range(0..=20), help_heading = "Selection")]
    pub up_to: Option<u8>,

    /// Only this level: must, should or may; repeatable
    #[arg(
        long,
        value_name = "LEVEL",
        env = "AUTHSPEC_LEVEL",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    pub level: Vec<Level>,

    /// Only scenarios whose tags fit, such as '@area.login and not @should'
    #[arg(long, value_name = "EXPRESSION", env = "AUTHSPEC_TAGS", value_parser = tags, help_heading = "Selection")]
    pub tags: Option<TagOperation>,

    /// Only scenarios whose title matches
    #[arg(
        long,
        value_name = "REGEX",
        env = "AUTHSPEC_NAME",
        help_heading = "Selection"
    )]
    pub name: Option<Regex>,

    /// Features from this folder instead of the compiled-in ones
    #[arg(
        long,
        value_name = "DIR",
        env = "AUTHSPEC_FEATURES",
        help_heading = "Selection"
    )]
    pub features: Option<PathBuf>,
}

/// What to list.
#[derive(Args, Debug)]
pub struct ListArgs {
    /// What to select
    #[command(flatten)]
    pub select: SelectArgs,

    /// One JSON document instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What to try the suite against.
#[derive(Args, Debug)]
pub struct SelfTestArgs {
    /// A server that keeps the document, to stand behind the faults; without it the reference server
    #[arg(long, value_name = "URL", env = "BASE_URL")]
    pub base_url: Option<String>,

    /// Trials at once [default: four a core, and 1 with --base-url]
    #[arg(long, value_name = "N", env = "AUTHSPEC_JOBS")]
    pub jobs: Option<NonZeroUsize>,

    /// Judge every fault by the whole suite, and not only by what must catch it
    #[arg(long, env = "AUTHSPEC_WHOLE", value_parser = BoolishValueParser::new())]
    pub whole: bool,

    /// Scenarios at once in a second run of each trial, which has to give the same verdicts
    #[arg(long, value_name = "N", env = "AUTHSPEC_CONCURRENCY")]
    pub concurrency: Option<NonZeroUsize>,

    /// Write the matrix, json=PATH or html=PATH; - is standard output; repeatable
    #[arg(long, value_name = "FORMAT=PATH", value_parser = matrix_report)]
    pub report: Vec<ReportRequest>,
}

/// What to explain.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The requirement, such as LOGIN-4
    #[arg(value_name = "ID")]
    pub id: String,

    /// Features from this folder instead of the compiled-in ones
    #[arg(long, value_name = "DIR", env = "AUTHSPEC_FEATURES")]
    pub features: Option<PathBuf>,
}

fn duration(text: &str) -> Result<Duration, String> {
    let number_only = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    match humantime::parse_duration(text) {
        Ok(duration) => Ok(duration),
        Err(_) if number_only => Err(format!(
            "a duration needs a unit: {text}ms, {text}s or {text}m"
        )),
        Err(error) => Err(format!("{error}; durations read 500ms, 10s, 2m")),
    }
}

pub(super) fn positive_duration(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        Duration::ZERO => Err("it must be longer than nothing".to_owned()),
        duration => Ok(duration),
    }
}

fn matrix_report(text: &str) -> Result<ReportRequest, String> {
    let request: ReportRequest = text.parse()?;
    match request.format {
        Format::Json | Format::Html => Ok(request),
        other => Err(format!(
            "the matrix is written as json or html, not as {}",
            other.as_str()
        )),
    }
}

fn tags(text: &str) -> Result<TagOperation, String> {
    text.parse().map_err(|_| {
        "tags begin with @ and are joined by and, or, not and brackets: '@must and not @area.login'"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn durations_need_a_unit() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert!(duration("5").unwrap_err().contains("5s"));
        assert!(positive_duration("0s").is_err());
        assert!(duration("-1s").is_err());
    }
}
