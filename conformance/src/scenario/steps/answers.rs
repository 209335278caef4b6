//! What a client sees in an answer.

use cucumber::{gherkin::Step, then};
use serde_json::Value;

use super::words::session_of;
use crate::{
    http::{Mismatch, Request},
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

#[then(regex = r"^the answer is ([0-9]+(?: or [0-9]+)*|[0-9]xx|below 500)$")]
fn answer_status(world: &mut World, status: Status) -> Result<(), Stop> {
    let at = world.answer()?;
    world.judge_status(at, &status)
}

#[then(regex = r"^every answer is ([0-9]+|[0-9]xx|below 500)$")]
fn every_status(world: &mut World, status: Status) -> Result<(), Stop> {
    let answers = world.answers();
    let mut first_wrong = None;
    let mut mismatches = Vec::new();
    for (number, at) in answers.iter().enumerate() {
        for mismatch in expect::status(world.at(*at), &status) {
            first_wrong.get_or_insert(*at);
            mismatches.push(Mismatch {
                what: format!("{} of answer {}", mismatch.what, number + 1),
                ..mismatch
            });
        }
    }
    world.judge_all(first_wrong, mismatches)
}

#[then(regex = r"^the last two answers are ([0-9]+) and ([0-9]+)$")]
fn last_statuses(world: &mut World, one: u16, other: u16) -> Result<(), Stop> {
    let [.., first, second] = world.answers()[..] else {
        return Err(world.defect("fewer than two requests were sent before this step"));
    };
    world.judge_status(first, &Status::exactly(one))?;
    world.judge_status(second, &Status::exactly(other))
}

#[then(regex = r"^the answer is ([0-9]+) with the JSON$")]
fn json(world: &mut World, status: u16, step: &Step) -> Result<(), Stop> {
    let at = world.answer()?;
    judge_json(world, at, status, step)
}

#[then(regex = r"^([A-Z][a-z]+)'s profile answers ([0-9]+) with the JSON$")]
async fn profile_json(
    world: &mut World,
    who: String,
    status: u16,
    step: &Step,
) -> Result<(), Stop> {
    let session = session_of(world, &who)?;
    let at = world.look(Request::profile(&session)).await?;
    judge_json(world, at, status, step)
}

#[then(regex = r"^every answer is ([0-9]+) with the JSON$")]
fn every_json(world: &mut World, status: u16, step: &Step) -> Result<(), Stop> {
    for at in world.answers() {
        judge_json(world, at, status, step)?;
    }
    Ok(())
}

fn judge_json(world: &mut World, at: At, status: u16, step: &Step) -> Result<(), Stop> {
    let text = step.docstring.clone().unwrap_or_default();
    let expected = payload(world, text.trim())?;
    // Status, media type and payload together, so that a report tells all at once.
    let exchange = world.at(at);
    let mut mismatches = expect::status(exchange, &Status::exactly(status));
    if exchange.answer.is_ok() {
        mismatches.extend(expect::json(exchange, &expected));
    }
    world.judge(at, mismatches)
}

/// A payload as features write it, with `{Ada's email}` in place of an email.
fn payload(world: &mut World, text: &str) -> Result<Value, Stop> {
    let mut value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return Err(world.defect(format!("the payload {text} is no JSON: {error}"))),
    };
    if let Value::Object(members) = &mut value {
        for member in members.values_mut() {
            let name = member
                .as_str()
                .and_then(|text| text.strip_prefix('{')?.strip_suffix("'s email}"));
            if let Some(name) = name {
                *member = Value::String(world.person(name)?.email.clone());
            }
        }
    }
    Ok(value)
}

#[then(regex = r"^the root still answers ([0-9]+)$")]
async fn root_still_answers(world: &mut World, status: u16) -> Result<(), Stop> {
    let at = world.look(Request::root()).await?;
    world.judge_status(at, &Status::exactly(status))
}

// The witness of what comes after an act: where the target refuses the act itself, another
// requirement is about that, and nothing is proven here.
#[then("the request is accepted")]
fn is_accepted(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    world.granted(at)
}
