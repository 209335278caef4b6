//! Asking for a reset token.

use cucumber::{then, when};

use super::sessions::judge_distinct;
use crate::{
    http::{Mismatch, Request},
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

#[when(regex = r"^([A-Z][a-z]+) asks for a reset token$")]
async fn asks(world: &mut World, who: String) -> Result<(), Stop> {
    let email = world.person(&who)?.email.clone();
    world.act(Request::reset_token(&email)).await?;
    let at = world.answer()?;
    world.take_token(at, &who)
}

#[when("a visitor asks for a reset token for an unknown email")]
async fn unknown_email(world: &mut World) -> Result<(), Stop> {
    let email = world.unknown_email()?;
    world.act(Request::reset_token(&email)).await
}

#[then(regex = r"^asking for a reset token for the unknown email answers ([0-9]+)$")]
async fn still_unknown(world: &mut World, status: u16) -> Result<(), Stop> {
    let email = world.unknown_email()?;
    let at = world.look(Request::reset_token(&email)).await?;
    world.judge_status(at, &Status::exactly(status))
}

#[then("all reset tokens and session ids differ")]
fn all_differ(world: &mut World) -> Result<(), Stop> {
    let mut values: Vec<(At, String)> = Vec::new();
    for at in world.answers() {
        let token = world
            .at(at)
            .answer
            .as_ref()
            .ok()
            .and_then(|response| expect::json_member(response, "reset_token"));
        let Some(token) = token else {
            let mismatch = Mismatch::new("reset_token", "a token in the JSON", "none");
            return world.judge(at, vec![mismatch]);
        };
        values.push((at, token));
    }
    let last = world.answer()?;
    let sessions = world.people().flat_map(|person| &person.sessions);
    values.extend(sessions.map(|session| (last, session.trim_matches('"').to_owned())));
    judge_distinct(world, "token or session id", &values)
}
