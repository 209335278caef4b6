//! `--repeat N`: the same selection judged several times, to tell what is not always the same.

use std::fmt::Write as _;

use super::{judge::judged, output::told, settings::RunSettings};
use crate::{
    run::{Ending, Run, StopSignal, Time},
    scenario::Names,
    suite::Level,
    verdict::{self, ExitStatus, Steadiness},
};

/// Judges `times` times, each with the whole deadline. Yields the run that is worst, the first of
/// its kind, which is the one that reports are about, and what is not always the same.
pub(super) async fn repeated(
    settings: &mut RunSettings,
    times: usize,
    deadline: std::time::Duration,
    stop: &StopSignal,
) -> Result<(Run, String), ExitStatus> {
    let mut steadiness = Steadiness::default();
    let mut worst: Option<Run> = None;
    for number in 1..=times {
        let run = judged(settings, Time::begins(deadline), stop).await?;
        settings.say(&line(&run, number, times));
        let stopped = run.ending == Ending::Interrupted;
        if !stopped {
            steadiness.take(&run);
        }
        let is_worse = |known: &Run| gravity(&run) > gravity(known);
        if worst.as_ref().is_none_or(is_worse) {
            worst = Some(run);
        }
        if stopped {
            break;
        }
        next_seed(settings);
    }
    let run = worst.ok_or_else(|| told("nothing was judged", ExitStatus::Defect))?;
    Ok((run, compared(&steadiness)))
}

/// A store that is empty each time takes a chosen seed again; any other has its data already.
fn next_seed(settings: &mut RunSettings) {
    let is_kept = settings.target.is_foreign();
    let engine = &mut settings.engine;
    engine.seed = match (engine.seed_is_chosen, is_kept) {
        (false, _) => Names::random_seed(),
        (true, true) => engine.seed.wrapping_add(1),
        (true, false) => engine.seed,
    };
}

/// Which of two runs a report should be about.
fn gravity(run: &Run) -> u8 {
    match verdict::exit_status(run) {
        ExitStatus::Defect => 4,
        ExitStatus::Fails => 3,
        ExitStatus::Incomplete => 2,
        ExitStatus::Conforms => 0,
        _ => 1,
    }
}

fn line(run: &Run, number: usize, times: usize) -> String {
    let totals = verdict::totals(run, Level::Must);
    let selected = totals.total - totals.not_run;
    format!(
        "run {number} of {times}: {}, must {} of {selected} hold, seed {}\n",
        verdict::of_run(run).as_str(),
        totals.pass,
        run.seed
    )
}

fn compared(steadiness: &Steadiness) -> String {
    let runs = steadiness.runs;
    let unsteady = steadiness.unsteady();
    if unsteady.is_empty() {
        return format!("\n{runs} runs gave every requirement the same verdict each time\n");
    }
    let mut text = format!("\nNot always the same in {runs} runs:\n");
    for (id, verdicts) in unsteady {
        let each: Vec<String> = verdicts
            .iter()
            .map(|(verdict, seeds)| {
                let seeds: Vec<String> = seeds.iter().map(u64::to_string).collect();
                let word = if seeds.len() == 1 { "seed" } else { "seeds" };
                format!("{} with {word} {}", verdict.as_str(), seeds.join(", "))
            })
            .collect();
        let _ = writeln!(text, "  {id:<10} {}", each.join("; "));
    }
    text
}
