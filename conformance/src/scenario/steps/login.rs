//! Logging in.

use cucumber::{then, when};

use super::words::{Password, Who, session_of};
use crate::{
    http::{Mismatch, Request},
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

#[when(expr = "{person} logs in")]
async fn logs_in(world: &mut World, who: Who) -> Result<(), Stop> {
    let person = world.person(&who.0)?.clone();
    let request = Request::log_in(&person.email, &person.password);
    let at = world.act_by(&who.0, request).await?;
    world.take_session(at, &who.0)?;
    Ok(())
}

#[when(expr = "a visitor logs in to {person}'s account with {password}")]
async fn tries(world: &mut World, who: Who, password: Password) -> Result<(), Stop> {
    let password = password.of(world, &who.0)?;
    let email = world.person(&who.0)?.email.clone();
    world.act(Request::log_in(&email, &password)).await?;
    Ok(())
}

#[when(expr = "a visitor logs in with an unknown email and {password}")]
async fn unknown_email(world: &mut World, password: Password) -> Result<(), Stop> {
    let email = world.unknown_email()?;
    let password = password.of(world, &email)?;
    world.act(Request::log_in(&email, &password)).await?;
    Ok(())
}

#[when(expr = "{person}, {person} and {person} log in at the same time")]
async fn log_in_at_once(world: &mut World, a: Who, b: Who, c: Who) -> Result<(), Stop> {
    let names = [a.0, b.0, c.0];
    let mut requests = Vec::new();
    for name in &names {
        let person = world.person(name)?;
        let request = Request::log_in(&person.email, &person.password);
        requests.push((name.clone(), request));
    }
    let answers = world.act_at_once_by(requests).await?;
    for (at, name) in answers.into_iter().zip(&names) {
        // An earlier session is not what this login has to give.
        world.person(name)?.sessions.clear();
        world.take_session(at, name)?;
    }
    Ok(())
}

#[then(expr = "logging in to {person}'s account with {password} answers {int}")]
async fn login_answers(
    world: &mut World,
    who: Who,
    password: Password,
    status: u16,
) -> Result<(), Stop> {
    log_in_and_judge(world, &who.0, &password, status).await?;
    Ok(())
}

#[then(
    expr = "logging in to {person}'s account with {password} answers {int} with her email as registered"
)]
async fn login_echoes(
    world: &mut World,
    who: Who,
    password: Password,
    status: u16,
) -> Result<(), Stop> {
    let at = log_in_and_judge(world, &who.0, &password, status).await?;
    let email = world.person(&who.0)?.email.clone();
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

#[then(expr = "the answer sets a cookie \"session_id\" with Path=\\/ that has not expired")]
fn sets_the_cookie(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let mismatches = expect::live_session_cookie(world.at(at));
    world.judge(at, mismatches)
}

#[then(expr = "the cookie \"session_id\" is HttpOnly and has SameSite")]
fn cookie_is_protected(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let mismatches = expect::protected_session_cookie(world.at(at));
    world.judge(at, mismatches)
}

#[then(expr = "the answer opens no session")]
async fn opens_no_session(world: &mut World) -> Result<(), Stop> {
    let answer = world.answer()?;
    let cookie = world
        .at(answer)
        .answer
        .as_ref()
        .ok()
        .and_then(expect::session_cookie);
    let Some(cookie) = cookie.filter(|cookie| !cookie.id.is_empty()) else {
        return Ok(());
    };
    let at = world.look(Request::profile(&cookie.value)).await?;
    let opened = world
        .at(at)
        .answer
        .as_ref()
        .ok()
        .filter(|response| Status::Success.accepts(response.status))
        .map(|response| {
            format!(
                "a session: GET /profile with it answers {}",
                response.status
            )
        });
    let mismatches = opened
        .map(|found| Mismatch::new("the cookie session_id of the refusal", "no session", found))
        .into_iter()
        .collect();
    world.judge(at, mismatches)
}

#[then(expr = "all session ids are UUIDs")]
fn ids_are_uuids(world: &mut World) -> Result<(), Stop> {
    for at in world.answers() {
        let found = world
            .at(at)
            .answer
            .as_ref()
            .ok()
            .and_then(expect::session_cookie);
        let mismatches = match found {
            Some(cookie) if expect::is_uuid(&cookie.id) => Vec::new(),
            Some(cookie) => vec![Mismatch::new(
                "session id",
                "a UUID such as 5a006849-343e-4a48-ba4e-bbd523fcca58",
                expect::shown(&cookie.id),
            )],
            None => expect::live_session_cookie(world.at(at)),
        };
        world.judge(at, mismatches)?;
    }
    Ok(())
}

#[then(expr = "all session ids differ")]
fn ids_differ(world: &mut World) -> Result<(), Stop> {
    let ids: Vec<(At, String)> = world
        .answers()
        .into_iter()
        .filter_map(|at| {
            let cookie = expect::session_cookie(world.at(at).answer.as_ref().ok()?)?;
            Some((at, cookie.id))
        })
        .collect();
    judge_distinct(world, "session id", &ids)
}

/// All of these values differ; case does not make a difference in a UUID.
pub(super) fn judge_distinct(
    world: &mut World,
    what: &str,
    values: &[(At, String)],
) -> Result<(), Stop> {
    for (index, (at, value)) in values.iter().enumerate() {
        let earlier = values[..index]
            .iter()
            .position(|(_, other)| other.eq_ignore_ascii_case(value));
        if let Some(earlier) = earlier {
            let mismatches = vec![Mismatch::new(
                format!("{what} {}", index + 1),
                format!("another one than {what} {}", earlier + 1),
                expect::shown(value),
            )];
            return world.judge(*at, mismatches);
        }
    }
    Ok(())
}

// A server that answers every profile alike knows no sessions, and what it sets is no session's
// cookie. That is for the requirements of the profile to blame; here nothing can be proven.
#[then(expr = "{person}'s session can be told from an unknown one")]
async fn can_be_told(world: &mut World, who: Who) -> Result<(), Stop> {
    let session = session_of(world, &who.0)?;
    let known = world.look(Request::profile(&session)).await?;
    let mismatches = expect::status(world.at(known), &Status::Success);
    if !mismatches.is_empty() {
        return Err(world.obstacle(known, "a session that works", "PROFILE-1", mismatches));
    }
    let unknown = another_id(&session);
    let unknown = world.look(Request::profile(&unknown)).await?;
    if expect::status(world.at(unknown), &Status::Success).is_empty() {
        let mismatches = expect::status(world.at(unknown), &Status::exactly(403));
        return Err(world.obstacle(unknown, "sessions that differ", "PROFILE-3", mismatches));
    }
    Ok(())
}

/// An id of the same form that nobody has: a server that keeps no state cannot tell the two apart.
fn another_id(id: &str) -> String {
    let last = id.trim_end_matches('"').chars().count().saturating_sub(1);
    let other = |c: char| if c == '0' { '1' } else { '0' };
    id.chars()
        .enumerate()
        .map(|(at, c)| if at == last { other(c) } else { c })
        .collect()
}

#[then(regex = r"^([A-Z][a-z]+)'s (session|earlier session) is over$")]
async fn is_over(world: &mut World, name: String, which: String) -> Result<(), Stop> {
    let sessions = world.person(&name)?.sessions.clone();
    let session = match (which.as_str(), sessions.as_slice()) {
        ("session", [.., latest]) => latest,
        ("earlier session", [.., earlier, _]) => earlier,
        _ => {
            let at = world.answer()?;
            let mut mismatches = expect::status(world.at(at), &Status::exactly(200));
            mismatches.extend(expect::live_session_cookie(world.at(at)));
            world.judge(at, mismatches)?;
            return Err(world.missing(&format!("{name}'s {which}")));
        }
    };
    for request in [Request::profile(session), Request::log_out(session)] {
        let at = world.look(request).await?;
        world.judge_status(at, &Status::exactly(403))?;
    }
    Ok(())
}

#[when(expr = "{person} logs in with a session id of her own making")]
async fn logs_in_with_an_id(world: &mut World, who: Who) -> Result<(), Stop> {
    let person = world.person(&who.0)?.clone();
    let brought = uuid::Uuid::new_v4().to_string();
    let request = Request::log_in(&person.email, &person.password).with_session(&brought);
    let at = world.act_by(&who.0, request).await?;
    world.take_session(at, &who.0)?;
    Ok(())
}

#[then(expr = "the session id is not the one that she brought")]
fn opens_another(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let brought = world.at(at).request.headers.iter();
    let brought = brought
        .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"))
        .find_map(|(_, value)| value.strip_prefix("session_id="))
        .unwrap_or_default()
        .to_owned();
    let opened = world
        .at(at)
        .answer
        .as_ref()
        .ok()
        .and_then(expect::session_cookie);
    let mismatches = match opened {
        Some(cookie) if cookie.id.eq_ignore_ascii_case(&brought) => vec![Mismatch::new(
            "session id",
            "a new one",
            format!(
                "{} (the one that the request brought along)",
                expect::shown(&cookie.id)
            ),
        )],
        _ => Vec::new(),
    };
    world.judge(at, mismatches)
}

#[then(expr = "a browser would send the cookie \"session_id\" back")]
fn sent_back(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let context = world.context()?;
    let mismatches = expect::cookie_for(world.at(at), context.client.base());
    world.judge(at, mismatches)
}

#[then(expr = "{person}'s session goes on")]
async fn goes_on(world: &mut World, who: Who) -> Result<(), Stop> {
    let session = session_of(world, &who.0)?;
    let email = world.person(&who.0)?.email.clone();
    let at = world.look(Request::profile(&session)).await?;
    let mut mismatches = expect::status(world.at(at), &Status::exactly(200));
    if mismatches.is_empty() {
        mismatches = expect::naming(world.at(at), &email, "whose profile it is", &email);
    }
    world.judge(at, mismatches)
}

#[then(expr = "both answers have the same status and body")]
fn same_answers(world: &mut World) -> Result<(), Stop> {
    let answers = world.answers();
    let [.., one, other] = answers.as_slice() else {
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
    let (known, unknown) = (described(*one), described(*other));
    let mismatches = if known == unknown {
        Vec::new()
    } else {
        vec![Mismatch::new("answer to an unknown email", known, unknown)]
    };
    world.judge(*other, mismatches)
}
