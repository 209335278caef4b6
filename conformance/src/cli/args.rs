//! The command line as it is typed. What it means is the business of `settings`.

mod client;
mod compare;
mod docs;
mod doctor;
mod explore;
mod grade;
mod run;
mod select;
mod self_test;
mod shell;
mod target;
mod values;
mod watch;

pub use client::ClientArgs;
pub use compare::CompareArgs;
pub use docs::DocsArgs;
pub use doctor::DoctorArgs;
pub use explore::ExploreArgs;
pub use grade::{GradeArgs, MergeArgs};
pub use run::RunArgs;
pub use select::{ExplainArgs, ListArgs, SelectArgs};
pub use self_test::SelfTestArgs;
pub use shell::{CompletionsArgs, ManArgs};
pub use target::{ConnectArgs, TargetArgs};
pub use watch::WatchArgs;

use clap::{Parser, Subcommand};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }
}
