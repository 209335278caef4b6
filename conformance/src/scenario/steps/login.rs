//! Logging in.

use cucumber::{then, when};

use super::words::Password;
use crate::{
    http::{Mismatch, Request},
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

#[when(regex = r"^([A-Z][a-z]+) logs in$")]
async fn logs_in(world: &mut World, who: String) -> Result<(), Stop> {
    let request = world.person(&who)?.login();
    let at = world.act_by(&who, request).await?;
    world.take_session(at, &who)
}

#[when(expr = "a visitor logs in to {word}'s account with {password}")]
async fn tries(world: &mut World, who: String, password: Password) -> Result<(), Stop> {
    let password = password.of(world, &who)?;
    let email = world.person(&who)?.email.clone();
    world.act(Request::log_in(&email, &password)).await
}

#[when(expr = "a visitor logs in with an unknown email and {password}")]
async fn unknown_email(world: &mut World, password: Password) -> Result<(), Stop> {
    let email = world.unknown_email()?;
    let password = password.of(world, &email)?;
    world.act(Request::log_in(&email, &password)).await
}

#[when(regex = r"^([A-Z][a-z]+), ([A-Z][a-z]+) and ([A-Z][a-z]+) log in at the same time$")]
async fn log_in_at_once(world: &mut World, a: String, b: String, c: String) -> Result<(), Stop> {
    let names = [a, b, c];
    let mut requests = Vec::new();
    for name in &names {
        requests.push((name.clone(), world.person(name)?.login()));
    }
    let answers = world.act_at_once_by(requests).await?;
    for (at, name) in answers.into_iter().zip(&names) {
        // An earlier session is not what this login has to give.
        world.person(name)?.sessions.clear();
        world.take_session(at, name)?;
    }
    Ok(())
}

#[then(expr = "logging in to {word}'s account with {password} answers {int}")]
async fn login_answers(
    world: &mut World,
    who: String,
    password: Password,
    status: u16,
) -> Result<(), Stop> {
    log_in_and_judge(world, &who, &password, status).await?;
    Ok(())
}

#[then(
    expr = "logging in to {word}'s account with {password} answers {int} with her email as registered"
)]
async fn login_echoes(
    world: &mut World,
    who: String,
    password: Password,
    status: u16,
) -> Result<(), Stop> {
    let at = log_in_and_judge(world, &who, &password, status).await?;
    let email = world.person(&who)?.email.clone();
    let quoted = format!("\"{email}\"");
    let mismatches = expect::naming(world.at(at), &email, "email in the body", quoted);
    world.judge(at, mismatches)
}

async fn log_in_and_judge(
    world: &mut World,
    name: &str,
    password: &Password,
    status: u16,
) -> Result<At, Stop> {
    let password = password.of(world, name)?;
    let email = world.person(name)?.email.clone();
    let at = world.look(Request::log_in(&email, &password)).await?;
    world.judge_status(at, &Status::exactly(status))?;
    world.take_session(at, name)?;
    Ok(at)
}

#[when(regex = r"^([A-Z][a-z]+) logs in with a session id of her own making$")]
async fn logs_in_with_an_id(world: &mut World, who: String) -> Result<(), Stop> {
    let brought = uuid::Uuid::new_v4().to_string();
    let request = world.person(&who)?.login().with_session(&brought);
    let at = world.act_by(&who, request).await?;
    world.take_session(at, &who)
}

#[then("the session id is not the one that she brought")]
fn opens_another(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let brought = world.at(at).request.headers.iter();
    let brought = brought
        .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"))
        .find_map(|(_, value)| value.strip_prefix("session_id="))
        .unwrap_or_default()
        .to_owned();
    let answer = world.at(at).answer.as_ref().ok();
    match answer.and_then(expect::session_cookie) {
        Some(cookie) if cookie.id.eq_ignore_ascii_case(&brought) => {
            let id = expect::shown(&cookie.id);
            let actual = format!("{id} (the one that the request brought along)");
            let mismatch = Mismatch::new("session id", "a new one", actual);
            world.judge(at, vec![mismatch])
        }
        _ => Ok(()),
    }
}

#[then("both answers have the same status and body")]
fn same_answers(world: &mut World) -> Result<(), Stop> {
    let [.., one, other] = world.answers()[..] else {
        return Err(world.defect("fewer than two requests were sent before this step"));
    };
    let described = |at: At| match &world.at(at).answer {
        Ok(response) => format!(
            "{} {}",
            response.status,
            expect::shown(response.text().trim())
        ),
        Err(none) => none.to_string(),
    };
    let (known, unknown) = (described(one), described(other));
    if known == unknown {
        return Ok(());
    }
    let mismatch = Mismatch::new("answer to an unknown email", known, unknown);
    world.judge(other, vec![mismatch])
}
