//! Every text in the record of a run that the target has said, or that was made from what it said.

use crate::{
    http::{Exchange, Mismatch, NoResponse},
    run::{Ending, Outcome, Run},
    scenario::Failure,
};

type Text<'a> = &'a dyn Fn(&mut String);
type Body<'a> = &'a dyn Fn(&mut Vec<u8>);

/// Changes each of them. Bodies are bytes, and a detour over text would change those that are none.
pub(super) fn change(run: &mut Run, text: Text<'_>, body: Body<'_>) {
    let said = [&mut run.target.server, &mut run.target.output];
    said.into_iter().flatten().for_each(text);
    match &mut run.ending {
        Ending::Unreachable(why) | Ending::TargetLost(why) | Ending::Defect(why) => text(why),
        Ending::Finished | Ending::DeadlinePassed(_) | Ending::Interrupted => {}
    }
    for scenario in &mut run.scenarios {
        match &mut scenario.outcome {
            Outcome::Failed(failure) => failed(failure, text),
            Outcome::Incomplete(obstacle) => {
                text(&mut obstacle.cause);
                mismatches(&mut obstacle.mismatches, text);
            }
            Outcome::Skipped(why) => text(why),
            Outcome::Passed | Outcome::NotRun => {}
        }
        for exchange in &mut scenario.exchanges {
            exchanged(exchange, text, body);
        }
    }
}

/// Changes the texts of a failure.
pub(super) fn failed(failure: &mut Failure, text: Text<'_>) {
    mismatches(&mut failure.mismatches, text);
    let Some(story) = &mut failure.story else {
        return;
    };
    text(&mut story.note);
    for line in &mut story.lines {
        text(&mut line.told);
        text(&mut line.came);
        line.expected.iter_mut().for_each(text);
    }
    story.script.iter_mut().for_each(text);
}

fn mismatches(mismatches: &mut [Mismatch], text: Text<'_>) {
    for mismatch in mismatches {
        text(&mut mismatch.what);
        text(&mut mismatch.expected);
        text(&mut mismatch.actual);
    }
}

/// Changes the texts of an exchange.
pub(super) fn exchanged(exchange: &mut Exchange, text: Text<'_>, body: Body<'_>) {
    // A request may carry back what an answer gave out, such as a cookie.
    let request = &mut exchange.request;
    for (_, value) in &mut request.headers {
        text(value);
    }
    request.body.iter_mut().for_each(text);
    match &mut exchange.answer {
        Ok(response) => {
            text(&mut response.version);
            for (name, value) in &mut response.headers {
                text(name);
                text(value);
            }
            body(&mut response.body);
            response.body_problem.iter_mut().for_each(text);
        }
        Err(
            NoResponse::NotReached(why)
            | NoResponse::Broken(why)
            | NoResponse::Ended(why)
            | NoResponse::CutShort(why),
        ) => text(why),
        Err(NoResponse::TimedOut(_)) => {}
    }
}
