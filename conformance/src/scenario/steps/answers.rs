//! What a client sees in an answer.

use cucumber::{gherkin::Step, then};
use serde_json::Value;

use crate::{
    http::Mismatch,
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

#[then(regex = r"^the answer is (\d+(?: or \d+)*|\dxx|below 500)$")]
fn answer_status(world: &mut World, status: Status) -> Result<(), Stop> {
    let at = world.answer()?;
    world.judge_status(at, &status)
}

#[then(regex = r"^every answer is (\d+|below 500)$")]
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

#[then(regex = r"^the answer is (\d+) with the JSON$")]
fn json(world: &mut World, status: u16, step: &Step) -> Result<(), Stop> {
    let at = world.answer()?;
    judge_json(world, at, status, step)
}

#[then(regex = r"^every answer is (\d+) with the JSON$")]
fn every_json(world: &mut World, status: u16, step: &Step) -> Result<(), Stop> {
    for at in world.answers() {
        judge_json(world, at, status, step)?;
    }
    Ok(())
}

fn judge_json(world: &mut World, at: At, status: u16, step: &Step) -> Result<(), Stop> {
    let text = step.docstring.clone().unwrap_or_default();
    let expected = payload(world, text.trim())?;
    judge_payload(world, at, &Status::exactly(status), &expected)
}

/// Judges status, media type and payload together, so that a report tells all at once.
pub(super) fn judge_payload(
    world: &mut World,
    at: At,
    status: &Status,
    expected: &Value,
) -> Result<(), Stop> {
    let exchange = world.at(at);
    let mut mismatches = expect::status(exchange, status);
    if exchange.answer.is_ok() {
        mismatches.extend(expect::json(exchange, expected));
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

#[then(expr = "the root still answers the welcome")]
async fn still_welcomes(world: &mut World) -> Result<(), Stop> {
    let at = world.look(crate::http::Request::root()).await?;
    world.judge_status(at, &Status::exactly(200))
}
