//! `authspec explore`: histories that no run walks, until one fails or the time is over.

use std::time::{Duration, Instant};

use super::{
    args::ExploreArgs,
    on_target::on_target,
    output::{self, Ended, told},
    settings::{self, SettingsError},
};
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

pub(super) async fn explore(args: ExploreArgs) -> Ended {
    let reach =
        settings::target::reach(&args.target, &args.connect).map_err(SettingsError::told)?;
    let seeds = match args.seed {
        Some(seed) => seed..seed.saturating_add(1),
        None => Names::random_seed()..u64::MAX,
    };
    let bounds = Bounds::new(seeds, args.time);
    let mut last = Instant::now();
    let progress = |walked: u64| {
        if last.elapsed() >= EVERY {
            last = Instant::now();
            output::print_aside(&format!("{walked} histories …\n"));
        }
    };
    let time = Time::begins(args.time.saturating_add(AROUND));
    let explored = on_target(&reach, time, async |target| {
        let base = target.base.clone();
        explore::explore(base, &reach.client, reach.wait, bounds, progress).await
    });
    let explored = explored.await?.ok_or_else(|| {
        told(
            "interrupted; nothing had departed from the document so far",
            ExitStatus::Incomplete,
        )
    })?;
    let explored = explored.map_err(|error| told(error, ExitStatus::Defect))?;
    let (walked, requests) = (explored.walked, explored.counts.requests);
    Ok(match explored.found {
        Found::Nothing => {
            output::print(&format!(
                "{walked} histories, {requests} requests: nothing departs from the document\n"
            ));
            ExitStatus::Conforms
        }
        Found::Unreachable(why) => told(why, ExitStatus::Unreachable),
        Found::Untold(why) => told(
            format!("after {walked} histories: {why}"),
            ExitStatus::Incomplete,
        ),
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
        Found::Defect(what) => told(
            format!("{what}, which is a defect of authspec"),
            ExitStatus::Defect,
        ),
    })
}
