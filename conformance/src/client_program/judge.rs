//! From what a program did to a run that reports can show.

use std::{
    io,
    time::{Duration, Instant, SystemTime},
};

use sha2::{Digest as _, Sha256};

use super::{
    ProgramSettings, calls,
    defects::{self, Defect},
    order::in_order,
    requirements::{SILENT, failure, id, requirements, scenario},
    stage::{self, Performance},
};
use crate::{
    http::{Counts, Mismatch, hex::hex},
    proof::proxy::{Middleware, Response},
    run::{Ending, Outcome, Run, ScenarioRecord, Suite},
    scenario::{Obstacle, expect::shown},
    target::{TargetInfo, TargetKind},
};

/// What became of a client program.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The record, as that of a server's run.
    pub run: Run,
    /// How many of its first scenarios are about the calls.
    pub(super) calls: usize,
    /// What it let pass, by function.
    pub(super) unnoticed: Vec<Unnoticed>,
}

/// A wrong answer that the program let pass.
#[derive(Clone, Debug)]
pub(super) struct Unnoticed {
    pub(super) defect: Defect,
    /// The answer, in a line; none where the program did not even get it.
    pub(super) response: Option<String>,
}

/// Judges a client program. Ends early, with what is known, when `stop` is ready.
///
/// # Errors
/// When the program cannot be started, or no server can.
pub async fn judge(
    program: &ProgramSettings,
    stop: impl Future<Output = ()>,
) -> io::Result<Judged> {
    let (started, clock) = (SystemTime::now(), Instant::now());
    let good = stage::perform(program, Middleware::default());
    let mut stop = std::pin::pin!(stop);
    let good = tokio::select! {
        good = good => good?,
        () = &mut stop => return Ok(interrupted(program, started)),
    };
    let mut scenarios = calls_made(&good);
    scenarios.push(in_order(&good));
    let calls = scenarios.len();
    scenarios.extend(well_ended(program, &good));
    let mut requests = good.calls.len();
    let mut ending = Ending::Finished;
    let mut unnoticed = Vec::new();
    for defect in defects::all() {
        let name = format!("{} notices that {}", defect.function, defect.does);
        let mut record = scenario(defect.requirement(), &name);
        if !good.succeeded() {
            record.outcome = Outcome::Incomplete(Obstacle {
                blocked_by: Some(SILENT.to_owned()),
                ..Obstacle::outside(format!(
                    "it fails against a server that does everything right, so what it notices says nothing: see {SILENT}"
                ))
            });
        } else if ending == Ending::Interrupted {
            record.outcome = interruption();
        } else {
            let begun = Instant::now();
            tokio::select! {
                performed = stage::perform(program, defect.middleware.clone()) => {
                    let performed = performed?;
                    requests += performed.calls.len();
                    unnoticed.extend(notices(program, defect, &performed, &mut record));
                }
                () = &mut stop => {
                    ending = Ending::Interrupted;
                    record.outcome = interruption();
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
    run.target.output = Some(good.output);
    Ok(Judged {
        run,
        calls,
        unnoticed,
    })
}

fn interruption() -> Outcome {
    Outcome::Incomplete(Obstacle::outside("the run was interrupted"))
}

fn interrupted(program: &ProgramSettings, started: SystemTime) -> Judged {
    let scenarios = requirements()
        .iter()
        .map(|requirement| ScenarioRecord {
            outcome: interruption(),
            ..scenario(requirement.id.clone(), "the program")
        })
        .collect();
    Judged {
        run: run(program, started, scenarios, Ending::Interrupted),
        calls: 0,
        unnoticed: Vec::new(),
    }
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
        strict: program.strict,
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
        let is_it = left.iter().position(|it| call.mismatches(it).is_empty());
        if let Some(at) = is_it.or_else(|| left.iter().position(|it| call.goes_to(it))) {
            let recorded = left.remove(at);
            record.exchanges.push(recorded.exchange(&good.url));
            let mismatches = call.mismatches(recorded);
            if !mismatches.is_empty() {
                record.outcome = failure(&record, mismatches, Some(0));
            }
        } else {
            let came = good.nothing_came();
            let mismatches = vec![Mismatch::new("request", call.line(), came)];
            record.outcome = failure(&record, mismatches, None);
        }
        records.push(record);
    }
    records
}

fn well_ended(program: &ProgramSettings, good: &Performance) -> [ScenarioRecord; 2] {
    let mut exits = scenario(SILENT.to_owned(), "it exits 0");
    if !good.succeeded() {
        let mismatch = Mismatch::new("exit status", "0", good.how(program.limit));
        exits.outcome = failure(&exits, vec![mismatch, printed(good)], None);
    }
    let mut silent = scenario(SILENT.to_owned(), "it prints nothing");
    if !good.output.trim().is_empty() {
        silent.outcome = failure(&silent, vec![printed(good)], None);
    }
    [exits, silent]
}

fn printed(good: &Performance) -> Mismatch {
    // The end of a traceback says what went wrong.
    let text = good.output.trim();
    let last = text.lines().next_back().unwrap_or_default();
    let came = match text.lines().count() {
        0 => "nothing".to_owned(),
        1 => shown(last),
        lines => format!("{lines} lines, the last of them: {}", shown(last)),
    };
    Mismatch::new("output", "nothing", came)
}

/// What the program let pass, if it did not notice.
fn notices(
    program: &ProgramSettings,
    defect: Defect,
    performed: &Performance,
    record: &mut ScenarioRecord,
) -> Option<Unnoticed> {
    record.exchanges = performed.exchanges();
    let actual = match performed.status {
        Some(status) if !status.success() => return None,
        Some(_) => "0".to_owned(),
        None => performed.how(program.limit),
    };
    let expected = format!("another than 0, because {}", defect.does);
    // The last one: where a function is called twice, all that follows rests on that.
    let at = (performed.calls.iter()).rposition(|call| defect.cases.contains(&call.case));
    let mismatch = Mismatch::new("exit status", expected, actual);
    record.outcome = failure(record, vec![mismatch], at);
    Some(Unnoticed {
        defect,
        response: at.map(|at| {
            let Response { status, body, .. } = &performed.calls[at].response;
            let body = String::from_utf8_lossy(body);
            let line = performed.calls[at].line();
            format!("{line} was answered {} {}", status.as_u16(), body.trim())
        }),
    })
}
