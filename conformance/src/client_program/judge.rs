//! From what a program did to a run that reports can show.

use std::{
    io,
    time::{Duration, Instant, SystemTime},
};

use sha2::{Digest as _, Sha256};

use super::{
    ProgramSettings, calls,
    defects::{self, Defect},
    requirements::{IN_ORDER, SILENT, failure, id, requirements, scenario},
    stage::{self, Performance},
};
use crate::{
    expect::shown,
    failure::{Mismatch, Obstacle},
    hex::hex,
    proxy::{Behaviour, Case},
    run::{Counts, Ending, Outcome, Run, ScenarioRecord, Suite, TargetInfo, TargetKind},
};

/// Judges a client program. Ends early, with what is known, when `stop` is ready.
///
/// # Errors
/// When the program cannot be started, or no server can.
pub async fn judge(program: &ProgramSettings, stop: impl Future<Output = ()>) -> io::Result<Run> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let good = stage::perform(program, Behaviour::default());
    let mut stop = std::pin::pin!(stop);
    let good = tokio::select! {
        good = good => good?,
        () = &mut stop => return Ok(interrupted(program, started)),
    };
    let mut scenarios = calls_made(&good);
    scenarios.push(in_order(&good));
    scenarios.extend(well_ended(program, &good));
    let mut requests = good.calls.len();
    let mut ending = Ending::Finished;
    for defect in defects::all() {
        let mut record = scenario(
            id(defect.function),
            &format!("it notices that {}", defect.does),
        );
        if !good.ran.succeeded() {
            record.outcome = Outcome::Incomplete(Obstacle {
                blocked_by: Some(SILENT.to_owned()),
                ..Obstacle::outside(format!(
                    "it fails against a server that does everything right, so what it notices says nothing: see {SILENT}"
                ))
            });
        } else if ending == Ending::Interrupted {
            record.outcome = Outcome::Incomplete(Obstacle::outside("the run was interrupted"));
        } else {
            let begun = Instant::now();
            tokio::select! {
                performed = stage::perform(program, defect.behaviour.clone()) => {
                    let performed = performed?;
                    requests += performed.calls.len();
                    notices(program, &defect, &performed, &mut record);
                }
                () = &mut stop => {
                    ending = Ending::Interrupted;
                    record.outcome = Outcome::Incomplete(Obstacle::outside("the run was interrupted"));
                }
            }
            record.duration = begun.elapsed();
        }
        scenarios.push(record);
    }
    let mut run = run(program, started, scenarios, ending);
    run.duration = clock.elapsed();
    run.counts.requests = requests as u64;
    run.target.url.clone_from(&good.url);
    run.target.output = Some(good.ran.output);
    Ok(run)
}

fn interrupted(program: &ProgramSettings, started: SystemTime) -> Run {
    let scenarios = requirements()
        .iter()
        .map(|requirement| ScenarioRecord {
            outcome: Outcome::Incomplete(Obstacle::outside("the run was interrupted")),
            ..scenario(requirement.id.clone(), "the program")
        })
        .collect();
    run(program, started, scenarios, Ending::Interrupted)
}

fn run(
    program: &ProgramSettings,
    started: SystemTime,
    scenarios: Vec<ScenarioRecord>,
    ending: Ending,
) -> Run {
    let requirements = requirements();
    let titles: Vec<&str> = requirements.iter().map(|r| r.title.as_str()).collect();
    Run {
        suite: Suite {
            name: "authspec client".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            digest: format!("sha256:{}", hex(&Sha256::digest(titles.join("\n")))),
        },
        target: TargetInfo {
            url: String::new(),
            kind: TargetKind::Command,
            description: format!(
                "the client `{}`, against the reference server",
                program.words.join(" ")
            ),
            server: None,
            output: None,
        },
        seed: 0,
        started,
        duration: Duration::ZERO,
        strict: false,
        requirements,
        scenarios,
        counts: Counts::default(),
        ending,
    }
}

/// The documented calls, each with what was sent in its place.
fn calls_made(good: &Performance) -> Vec<ScenarioRecord> {
    let mut left: Vec<_> = good.calls.iter().collect();
    let mut records = Vec::new();
    for call in calls::documented() {
        let mut record = scenario(id(call.function), &format!("it calls {}", call.written));
        // Functions that come too early or too late are the order's fault, not theirs.
        let fits = |with_all: bool| {
            left.iter().position(|recorded| {
                call.goes_to(recorded) && (!with_all || call.mismatches(recorded).is_empty())
            })
        };
        if let Some(at) = fits(true).or_else(|| fits(false)) {
            let recorded = left.remove(at);
            record.exchanges.push(recorded.exchange(&good.url));
            let mismatches = call.mismatches(recorded);
            if !mismatches.is_empty() {
                record.outcome = failure(&record, mismatches, Some(0));
            }
        } else {
            let came = nothing_came(good);
            let mismatches = vec![Mismatch::new("request", call.line(), came)];
            record.outcome = failure(&record, mismatches, None);
        }
        records.push(record);
    }
    records
}

fn nothing_came(good: &Performance) -> String {
    match (good.calls.len(), good.on_documented_port) {
        (0, true) => format!(
            "it called nobody, neither BASE_URL ({}) nor port 5000",
            good.url
        ),
        (0, false) => format!(
            "it did not call BASE_URL ({}), and port 5000 is taken by another program here",
            good.url
        ),
        _ => "no such request".to_owned(),
    }
}

fn in_order(good: &Performance) -> ScenarioRecord {
    let mut record = scenario(IN_ORDER.to_owned(), "the calls in their order");
    record.exchanges = good
        .calls
        .iter()
        .map(|call| call.exchange(&good.url))
        .collect();
    let mut after_logout = false;
    let mut made = Vec::new();
    for (at, call) in good.calls.iter().enumerate() {
        // HTTP libraries follow the redirect of a logout, which is no call of the program.
        let follows = after_logout && call.case == Case::Welcome;
        after_logout = call.case == Case::Logout;
        if !follows {
            made.push((at, call));
        }
    }
    let documented = calls::documented();
    for (index, call) in documented.iter().enumerate() {
        let Some((at, recorded)) = made.get(index) else {
            let mismatch = Mismatch::new(
                format!("call {}", index + 1),
                call.written,
                if index == 0 {
                    nothing_came(good)
                } else {
                    "nothing more".to_owned()
                },
            );
            record.outcome = failure(&record, vec![mismatch], None);
            return record;
        };
        if !call.goes_to(recorded) {
            let mismatch =
                Mismatch::new(format!("call {}", index + 1), call.line(), recorded.line());
            record.outcome = failure(&record, vec![mismatch], Some(*at));
            return record;
        }
    }
    if let Some((at, extra)) = made.get(documented.len()) {
        let mismatch = Mismatch::new(
            format!("call {}", documented.len() + 1),
            "none",
            format!("{}, and {} in all", extra.line(), made.len()),
        );
        record.outcome = failure(&record, vec![mismatch], Some(*at));
    }
    record
}

fn well_ended(program: &ProgramSettings, good: &Performance) -> [ScenarioRecord; 2] {
    let mut exits = scenario(SILENT.to_owned(), "it exits 0");
    if !good.ran.succeeded() {
        let mismatch = Mismatch::new("exit status", "0", good.ran.how(program.limit));
        exits.outcome = failure(&exits, vec![mismatch, printed(good)], None);
    }
    let mut silent = scenario(SILENT.to_owned(), "it prints nothing");
    if !good.ran.output.trim().is_empty() {
        silent.outcome = failure(&silent, vec![printed(good)], None);
    }
    [exits, silent]
}

fn printed(good: &Performance) -> Mismatch {
    // The end of a traceback says what went wrong.
    let text = good.ran.output.trim();
    let last = text.lines().next_back().unwrap_or_default();
    let came = match text.lines().count() {
        0 => "nothing".to_owned(),
        1 => shown(last),
        lines => format!("{lines} lines, the last of them: {}", shown(last)),
    };
    Mismatch::new("output", "nothing", came)
}

fn notices(
    program: &ProgramSettings,
    defect: &Defect,
    performed: &Performance,
    record: &mut ScenarioRecord,
) {
    record.exchanges = performed
        .calls
        .iter()
        .map(|call| call.exchange(&performed.url))
        .collect();
    let actual = match performed.ran.status {
        Some(status) if !status.success() => return,
        Some(_) => "0".to_owned(),
        None => performed.ran.how(program.limit),
    };
    let expected = format!("another than 0, because {}", defect.does);
    record.outcome = failure(
        record,
        vec![Mismatch::new("exit status", expected, actual)],
        None,
    );
}
