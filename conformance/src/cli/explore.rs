//! `authspec explore`: histories that no run walks, until one fails or the time is over.

use std::time::{Duration, Instant};

use super::{args::ExploreArgs, on_target::on_target, output, settings};
use crate::{
    proof::explore::{self, Bounds, Found},
    report::terminal,
    run::Time,
    scenario::Names,
    verdict::ExitStatus,
};

/// What starting and stopping the target may take beside the exploring.
const AROUND: Duration = Duration::from_mins(2);

/// How often is told how far it is.
const EVERY: Duration = Duration::from_secs(10);

pub(super) async fn explore(args: ExploreArgs) -> ExitStatus {
    let reach = match settings::target::reach(&args.target, &args.connect) {
        Ok(reach) => reach,
        Err(error) => {
            output::error(&error.to_string());
            return error.exit_status();
        }
    };
    let seeds = match args.seed {
        Some(seed) => seed..seed.saturating_add(1),
        None => Names::random_seed()..u64::MAX,
    };
    let bounds = Bounds::new(seeds, args.time);
    let mut told = Instant::now();
    let progress = |walked: u64| {
        if told.elapsed() >= EVERY {
            told = Instant::now();
            output::print_aside(&format!("{walked} histories …\n"));
        }
    };
    let time = Time::begins(args.time.saturating_add(AROUND));
    let explored = on_target(&reach, time, async |target| {
        let base = target.base.clone();
        explore::explore(base, &reach.client, reach.wait, bounds, progress).await
    });
    match explored.await {
        Err(status) => status,
        Ok(None) => {
            output::error("interrupted; nothing had departed from the document so far");
            ExitStatus::Incomplete
        }
        Ok(Some(Err(error))) => {
            output::error(&error.to_string());
            ExitStatus::Defect
        }
        Ok(Some(Ok(explored))) => {
            let (walked, requests) = (explored.walked, explored.counts.requests);
            match explored.found {
                Found::Nothing => {
                    output::print(&format!(
                        "{walked} histories, {requests} requests: nothing departs from the document\n"
                    ));
                    ExitStatus::Conforms
                }
                Found::Unreachable(why) => {
                    output::error(&why);
                    ExitStatus::Unreachable
                }
                Found::Untold(why) => {
                    output::error(&format!("after {walked} histories: {why}"));
                    ExitStatus::Incomplete
                }
                Found::Departure {
                    seed,
                    failure,
                    shows,
                } => {
                    output::print(&terminal::departure(&failure, shows.as_ref().as_ref()));
                    output::print(&format!(
                        "\nhistory {walked} departs from the document; --seed {seed} repeats it\n"
                    ));
                    ExitStatus::Fails
                }
                Found::Defect(what) => {
                    output::error(&format!("{what}, which is a defect of authspec"));
                    ExitStatus::Defect
                }
            }
        }
    }
}
