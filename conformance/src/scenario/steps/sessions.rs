//! What is said of session ids and their cookie.

use cucumber::then;

use super::words::session_of;
use crate::{
    http::{Mismatch, Request},
    model::replaced,
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

#[then("the answer sets a cookie \"session_id\" with Path=/ that has not expired")]
fn sets_the_cookie(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let mismatches = expect::live_session_cookie(world.at(at));
    world.judge(at, mismatches)
}

#[then("the cookie \"session_id\" is HttpOnly and has SameSite")]
fn cookie_is_protected(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let mismatches = expect::protected_session_cookie(world.at(at));
    world.judge(at, mismatches)
}

#[then("the answer opens no session")]
async fn opens_no_session(world: &mut World) -> Result<(), Stop> {
    let answer = world.answer()?;
    let Some(cookie) = expect::opened_session(world.at(answer)) else {
        return Ok(());
    };
    let at = world.look(Request::profile(&cookie.value)).await?;
    match &world.at(at).answer {
        Ok(response) if Status::Success.accepts(response.status) => {
            let status = response.status;
            let found = format!("a session: GET /profile with it answers {status}");
            let what = "the cookie session_id of the refusal";
            world.judge(at, vec![Mismatch::new(what, "no session", found)])
        }
        _ => Ok(()),
    }
}

#[then("all session ids are UUIDs")]
fn ids_are_uuids(world: &mut World) -> Result<(), Stop> {
    for at in world.answers() {
        let answer = world.at(at).answer.as_ref().ok();
        let mismatches = match answer.and_then(expect::session_cookie) {
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

#[then("all session ids differ")]
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
#[then(regex = r"^([A-Z][a-z]+)'s session can be told from an unknown one$")]
async fn can_be_told(world: &mut World, who: String) -> Result<(), Stop> {
    let session = session_of(world, &who)?;
    let known = world.look(Request::profile(&session)).await?;
    let mismatches = expect::status(world.at(known), &Status::Success);
    if !mismatches.is_empty() {
        return Err(world.obstacle(known, "a session that works", "PROFILE-1", mismatches));
    }
    // An id of the same form that nobody has: a server that keeps no state cannot tell the two
    // apart.
    let last = session
        .trim_end_matches('"')
        .chars()
        .count()
        .saturating_sub(1);
    let unknown = Request::profile(&replaced(&session, last));
    let unknown = world.look(unknown).await?;
    if expect::status(world.at(unknown), &Status::Success).is_empty() {
        let mismatches = expect::status(world.at(unknown), &Status::exactly(403));
        return Err(world.obstacle(unknown, "sessions that differ", "PROFILE-3", mismatches));
    }
    Ok(())
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

#[then("a browser would send the cookie \"session_id\" back")]
fn sent_back(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let context = world.context()?;
    let mismatches = expect::cookie_for(world.at(at), context.client.base());
    world.judge(at, mismatches)
}

#[then(regex = r"^([A-Z][a-z]+)'s session goes on$")]
async fn goes_on(world: &mut World, who: String) -> Result<(), Stop> {
    let session = session_of(world, &who)?;
    let email = world.person(&who)?.email.clone();
    let at = world.look(Request::profile(&session)).await?;
    let mut mismatches = expect::status(world.at(at), &Status::exactly(200));
    if mismatches.is_empty() {
        mismatches = expect::naming(world.at(at), &email, "whose profile it is", &email);
    }
    world.judge(at, mismatches)
}
