//! From what was typed to how the process ends.

pub mod args;
mod beside;
mod client;
mod compare;
mod docs;
mod doctor;
mod explain;
mod explore;
mod gate;
mod grade;
mod judge;
mod list;
mod merge;
mod on_target;
mod output;
mod progress;
mod repeat;
mod run;
mod self_test;
mod settings;
mod shell;
mod watch;

use std::{panic::AssertUnwindSafe, process::ExitCode};

use clap::Parser as _;
use futures::FutureExt as _;

use crate::{target::confine, verdict::ExitStatus};
use args::{Cli, Command};
use output::{Ended, told, wrong};

/// Reads the command line of this process, does what it says, and tells how to end.
pub fn main() -> ExitCode {
    // Before there is a runtime: what is put on holds for the thread that puts it on.
    if let Some(error) = confine::as_asked(std::env::args_os()) {
        return wrong(format!("the command cannot be started confined: {error}")).into();
    }
    // `-- $SERVER` with an empty variable must not judge something else in silence.
    if std::env::args_os()
        .next_back()
        .is_some_and(|last| last == "--")
    {
        return wrong("-- is followed by no command").into();
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no mistakes; a closed pipe is none either.
            let _ = error.print();
            return if error.use_stderr() {
                ExitStatus::Usage.into()
            } else {
                ExitStatus::Conforms.into()
            };
        }
    };
    // One thread: a run waits for its target, and a second one would only be woken in turn.
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            let why = format!("no runtime can be started: {error}");
            return told(why, ExitStatus::Defect).into();
        }
    };
    let ended = runtime.block_on(AssertUnwindSafe(dispatch(cli)).catch_unwind());
    let status = match ended {
        Ok(Ok(status) | Err(status)) => status,
        Err(panic) => {
            let what = crate::run::said(&*panic);
            let why = format!("{what}, which is a defect of authspec");
            told(why, ExitStatus::Defect)
        }
    };
    // What still runs then, such as a server that is hung up on, is not waited for.
    runtime.shutdown_background();
    status.into()
}

async fn dispatch(cli: Cli) -> Ended {
    match cli.command.unwrap_or(Command::Run(Box::new(cli.run))) {
        Command::Run(args) => run::run(*args).await,
        Command::Watch(args) => watch::watch(*args).await,
        Command::List(args) => list::list(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Docs(args) => docs::docs(args).await,
        Command::Grade(args) => grade::grade(*args).await,
        Command::Merge(args) => merge::merge(&args),
        Command::Client(args) => client::client(args).await,
        Command::Doctor(args) => doctor::doctor(*args).await,
        Command::SelfTest(args) => self_test::self_test(args).await,
        Command::Explore(args) => explore::explore(*args).await,
        Command::Compare(args) => compare::compare(&args),
        Command::Completions(args) => Ok(shell::completions(&args)),
        Command::Man(args) => shell::man(&args),
    }
}
