//! The last lines: what holds, what it cost, and the verdict.

use std::fmt::Write as _;

use super::paint::{BAD, DIM, GOOD, OPEN};
use crate::{
    report::overview::counted,
    run::{Ending, Outcome, Run},
    suite::Level,
    verdict::{self, RunVerdict, Verdict},
};

pub(super) fn write(text: &mut String, run: &Run) {
    if let Ending::Unreachable(why) = &run.ending {
        let bad = BAD.bold();
        let _ = writeln!(
            text,
            "{bad}no target{bad:#}: {why}\nIs it running, and is this its address? --wait 30s gives it more time to start."
        );
        return;
    }
    selected(text, run);
    let counts = run.counts;
    let seconds = run.duration.as_secs_f64();
    let _ = writeln!(
        text,
        "{} in {seconds:.1}s, {}: {}, {}, {}; seed {}",
        counted(counts.requests, "request"),
        counted(counts.hash_operations(), "hash operation"),
        counted(counts.registrations, "registration"),
        counted(counts.logins, "login"),
        counted(counts.updates, "update"),
        run.seed
    );
    if let Some(line) = skipped(run) {
        let _ = writeln!(text, "{DIM}{line}{DIM:#}");
    }
    end(text, run);
}

/// What holds of each level that something was selected of.
fn selected(text: &mut String, run: &Run) {
    for level in Level::ALL {
        let totals = verdict::totals(run, level);
        let selected = totals.total - totals.not_run;
        if selected == 0 {
            continue;
        }
        let remark = match level {
            _ if totals.fail + totals.incomplete == 0 => "",
            Level::Should if !run.strict => " (not counted; --strict counts them)",
            Level::May => " (advice, never counted)",
            _ => "",
        };
        let _ = write!(text, "{level:<7} {} of {selected} hold", totals.pass);
        for (count, what) in [
            (totals.fail, "fail"),
            (totals.incomplete, "not judged"),
            (totals.not_run, "not selected"),
        ] {
            if count > 0 {
                let _ = write!(text, ", {count} {what}");
            }
        }
        let _ = writeln!(text, "{remark}");
    }
}

/// The totals of what was selected, and the verdict alone.
pub(super) fn brief(text: &mut String, run: &Run) {
    selected(text, run);
    end(text, run);
}

fn end(text: &mut String, run: &Run) {
    if let Some(line) = ending(&run.ending) {
        let _ = writeln!(text, "{OPEN}{line}{OPEN:#}");
    }
    let _ = writeln!(text, "{}", last_line(run));
}

/// What does not apply to this target, by reason.
fn skipped(run: &Run) -> Option<String> {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for scenario in &run.scenarios {
        if let Outcome::Skipped(reason) = &scenario.outcome {
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, count)) => *count += 1,
                None => reasons.push((reason, 1)),
            }
        }
    }
    let lines: Vec<String> = reasons
        .into_iter()
        .map(|(reason, count)| match count {
            1 => format!("1 scenario was skipped: {reason}"),
            _ => format!("{count} scenarios were skipped: {reason}"),
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn ending(ending: &Ending) -> Option<String> {
    match ending {
        Ending::Finished | Ending::Unreachable(_) => None,
        Ending::TargetLost(why) => Some(format!("The target was lost: {why}.")),
        Ending::DeadlinePassed(limit) => Some(format!(
            "The time for the whole run, {}, passed; --deadline gives it more.",
            humantime::format_duration(*limit)
        )),
        Ending::Interrupted => Some("The run was interrupted.".to_owned()),
        Ending::Defect(what) => Some(format!(
            "A defect of authspec itself: {what}. Please report it with the seed."
        )),
    }
}

fn last_line(run: &Run) -> String {
    let with = |wanted: Verdict| -> Vec<&str> {
        verdict::that_count(run)
            .filter(|(_, verdict)| *verdict == wanted)
            .map(|(requirement, _)| requirement.id.as_str())
            .collect()
    };
    let (good, bad, open) = (GOOD.bold(), BAD.bold(), OPEN.bold());
    match verdict::of_run(run) {
        RunVerdict::Conforms if verdict::counting(run).not_run > 0 => {
            format!("{good}conforms{good:#}, as far as was selected")
        }
        RunVerdict::Conforms => format!("{good}conforms{good:#}"),
        RunVerdict::DoesNotConform => {
            format!(
                "{bad}does not conform{bad:#}: {}",
                with(Verdict::Fail).join(", ")
            )
        }
        RunVerdict::Incomplete => {
            let ids = with(Verdict::Incomplete);
            let list = if ids.len() > 8 {
                format!("{} and {} more", ids[..8].join(", "), ids.len() - 8)
            } else {
                ids.join(", ")
            };
            format!("{open}incomplete{open:#}: not judged are {list}")
        }
    }
}
