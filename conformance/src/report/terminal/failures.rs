//! Failures: what was asked, what was expected, what came, and how to see it again.

use std::fmt::Write as _;

use super::paint::{BAD, DIM, GOOD, OPEN};
use crate::{
    http::{Exchange, Mismatch, curl},
    report::{explanation::call, overview::Subject},
    run::{Outcome, Run, ScenarioRecord},
    scenario::{Failure, Story, expect::shown},
    verdict::Verdict,
};

/// Differences shown of one failure by default; the block stays within twelve lines with them.
const SHORT: usize = 3;

pub(super) fn write(text: &mut String, subjects: &[Subject<'_>], verbose: bool) {
    for subject in subjects.iter().filter(|s| s.verdict == Verdict::Fail) {
        requirement_block(text, subject, verbose);
    }
}

fn requirement_block(text: &mut String, subject: &Subject<'_>, verbose: bool) {
    let requirement = subject.requirement;
    let colour = if subject.counts {
        BAD.bold()
    } else {
        OPEN.bold()
    };
    let _ = writeln!(
        text,
        "\n{colour}{} {} fails{colour:#}{}\n  {}",
        requirement.id,
        requirement.level,
        from_tasks(&requirement.tasks),
        requirement.title
    );
    let scenarios = subject.scenarios.iter();
    let failing = scenarios.filter(|scenario| matches!(scenario.outcome, Outcome::Failed(_)));
    let mut more = Vec::new();
    for (index, scenario) in failing.enumerate() {
        if index == 0 || verbose {
            scenario_block(text, scenario, verbose);
        } else {
            more.push(format!("\"{}\"", scenario.name));
        }
    }
    if !more.is_empty() {
        let _ = writeln!(
            text,
            "  {DIM}and so {} {} (--verbose shows all){DIM:#}",
            if more.len() == 1 { "does" } else { "do" },
            shown(&more.join(", "))
        );
    }
}

fn from_tasks(tasks: &[u8]) -> String {
    let numbers: Vec<String> = tasks.iter().map(u8::to_string).collect();
    match numbers.as_slice() {
        [] => String::new(),
        [one] => format!(" (task {one})"),
        many => format!(" (tasks {})", many.join(", ")),
    }
}

fn scenario_block(text: &mut String, scenario: &ScenarioRecord, verbose: bool) {
    let Outcome::Failed(failure) = &scenario.outcome else {
        return;
    };
    let _ = writeln!(
        text,
        "  {} {DIM}{}{DIM:#}",
        scenario.name, scenario.location
    );
    let _ = writeln!(text, "    at        {}", failure.step);
    let exchange = failure.exchange.and_then(|at| scenario.exchanges.get(at));
    if let Some(told) = &failure.story {
        story(text, told);
    }
    evidence(text, &failure.mismatches, exchange, verbose);
    if let Some(told) = failure.story.as_ref().filter(|_| verbose) {
        script(text, told);
    }
    if verbose {
        transcript(text, &scenario.exchanges);
    }
}

/// A departure that stands for itself.
pub(super) fn departure(text: &mut String, failure: &Failure, shows: Option<&Exchange>) {
    if let Some(told) = &failure.story {
        story(text, told);
    }
    evidence(text, &failure.mismatches, shows, false);
    if let Some(told) = &failure.story {
        script(text, told);
    }
}

fn script(text: &mut String, story: &Story) {
    let _ = writeln!(text, "    script    repeats it from nothing:");
    for line in &story.script {
        let _ = writeln!(text, "      {line}");
    }
}

/// The calls that led there; the last one shows the failure.
fn story(text: &mut String, story: &Story) {
    let _ = writeln!(text, "    story     {DIM}{}{DIM:#}", story.note);
    for (number, line) in (1..).zip(&story.lines) {
        let _ = writeln!(text, "      {number:>2}  {}", call(line));
    }
}

fn evidence(
    text: &mut String,
    mismatches: &[Mismatch],
    exchange: Option<&Exchange>,
    verbose: bool,
) {
    if let Some(exchange) = exchange {
        let _ = writeln!(text, "    sent      {}", sent(exchange));
    }
    let limit = if verbose { usize::MAX } else { SHORT };
    for mismatch in mismatches.iter().take(limit) {
        let _ = writeln!(
            text,
            "    expected  {}: {GOOD}{}{GOOD:#}\n    came      {}: {BAD}{}{BAD:#}",
            mismatch.what, mismatch.expected, mismatch.what, mismatch.actual
        );
    }
    if mismatches.len() > limit {
        let _ = writeln!(
            text,
            "    and {} more differences (--verbose)",
            mismatches.len() - limit
        );
    }
    if let Some(exchange) = exchange {
        let _ = writeln!(text, "    repeat    {}", curl::command(&exchange.request));
    }
}

/// A request on one line.
fn sent(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let mut line = format!("{} {}", request.method, request.url);
    for (name, value) in &request.headers {
        if name.eq_ignore_ascii_case("cookie") {
            let _ = write!(line, "  Cookie: {value}");
        }
    }
    if let Some(body) = &request.body {
        let _ = write!(line, "  {}", shown(body));
    }
    line
}

fn transcript(text: &mut String, exchanges: &[Exchange]) {
    let _ = writeln!(text, "    {DIM}all that was sent and came:{DIM:#}");
    for exchange in exchanges {
        let what = if exchange.fixture { " (fixture)" } else { "" };
        let _ = writeln!(text, "    > {}{what}", sent(exchange));
        match &exchange.answer {
            Err(none) => {
                let _ = writeln!(text, "    < {none}");
            }
            Ok(response) => {
                let _ = writeln!(text, "    < {} {}", response.version, response.status);
                for (name, value) in &response.headers {
                    let _ = writeln!(text, "    < {}: {}", shown(name), shown(value));
                }
                if !response.body.is_empty() {
                    let _ = writeln!(text, "    < {}", shown(response.text().trim()));
                }
                if let Some(problem) = &response.body_problem {
                    let _ = writeln!(text, "    < ({})", shown(problem));
                }
            }
        }
    }
}

/// What could not be judged, by cause and in the order of the run: one cause is one thing to mend.
pub(super) fn unjudged(text: &mut String, run: &Run, verbose: bool) {
    let mut causes: Vec<(&str, Vec<&str>, &ScenarioRecord)> = Vec::new();
    for scenario in &run.scenarios {
        if let Some(obstacle) = scenario.outcome.obstacle() {
            match causes
                .iter_mut()
                .find(|(cause, _, _)| *cause == obstacle.cause)
            {
                Some((_, ids, _)) => {
                    if !ids.contains(&scenario.requirement.as_str()) {
                        ids.push(&scenario.requirement);
                    }
                }
                None => causes.push((&obstacle.cause, vec![&scenario.requirement], scenario)),
            }
        }
    }
    for (cause, ids, first) in causes {
        let open = OPEN.bold();
        let _ = writeln!(text, "\n{open}not judged{open:#} {}", ids.join(", "));
        let _ = writeln!(text, "  because {}", shown(cause));
        if let Some(obstacle) = first.outcome.obstacle()
            && obstacle.blocked_by.is_some()
        {
            let exchange = obstacle.exchange.and_then(|at| first.exchanges.get(at));
            evidence(text, &obstacle.mismatches, exchange, verbose);
        }
    }
}
