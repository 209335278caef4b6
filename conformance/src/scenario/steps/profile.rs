//! Asking for the profile and logging out.

use std::str::FromStr;

use cucumber::{gherkin::Step, then, when};
use reqwest::Method;

use super::words::{Id, rows, session_of};
use crate::{
    http::Request,
    model::Spelling,
    scenario::{
        Stop, World,
        expect::{self, Status},
    },
};

#[when(regex = r"^([A-Z][a-z]+) asks for her profile(?: ([0-9]+) times)?$")]
async fn asks_for_profile(world: &mut World, name: String, times: String) -> Result<(), Stop> {
    let session = session_of(world, &name)?;
    for _ in 0..times.parse().unwrap_or(1) {
        world.act_by(&name, Request::profile(&session)).await?;
    }
    Ok(())
}

#[when(
    regex = r"^([A-Z][a-z]+) asks for her profile with her session before, between and after other cookies$"
)]
async fn asks_among_cookies(world: &mut World, who: String) -> Result<(), Stop> {
    let session = session_of(world, &who)?;
    for how in [
        Spelling::CookiesAfter,
        Spelling::Everything,
        Spelling::CookiesBefore,
    ] {
        let mut request = Request::new(Method::GET, "/profile");
        request.cookie = how.cookies(Some(&session));
        world.act(request).await?;
    }
    Ok(())
}

#[when(
    regex = r"^a visitor (asks for the profile|logs out) with ([A-Z][a-z]+)'s session in the cookie (\w+)$"
)]
async fn misplaced(world: &mut World, act: String, who: String, name: String) -> Result<(), Stop> {
    let session = session_of(world, &who)?;
    let mut request = match act.as_str() {
        "logs out" => Request::new(Method::DELETE, "/sessions"),
        _ => Request::new(Method::GET, "/profile"),
    };
    request.cookie = Some(format!("{name}={session}"));
    world.act(request).await
}

#[when(
    regex = r"^([A-Z][a-z]+) and ([A-Z][a-z]+) ask for their profiles ([0-9]+) times each at the same time$"
)]
async fn ask_at_once(
    world: &mut World,
    one: String,
    other: String,
    times: usize,
) -> Result<(), Stop> {
    let mut asks = Vec::new();
    for _ in 0..times {
        for name in [&one, &other] {
            let session = session_of(world, name)?;
            asks.push((name.clone(), Request::profile(&session)));
        }
    }
    world.act_at_once_by(asks).await?;
    Ok(())
}

#[then("every answer is 200 with the email of who asked")]
fn own_emails(world: &mut World) -> Result<(), Stop> {
    for (at, name) in world.answers_by_asker() {
        world.judge_status(at, &Status::exactly(200))?;
        let email = world.person(&name)?.email.clone();
        let mismatches = expect::naming(world.at(at), &email, "whose profile it is", &email);
        world.judge(at, mismatches)?;
    }
    Ok(())
}

#[when("a visitor asks for the profile without a cookie")]
async fn without_cookie(world: &mut World) -> Result<(), Stop> {
    world.act(Request::new(Method::GET, "/profile")).await
}

#[when(expr = "a visitor asks for the profile with {id}")]
async fn with_id(world: &mut World, id: Id) -> Result<(), Stop> {
    let id = id.value(world)?;
    world.act(Request::profile(&id)).await
}

#[when(regex = r"^([A-Z][a-z]+) logs out$")]
async fn logs_out(world: &mut World, who: String) -> Result<(), Stop> {
    let session = session_of(world, &who)?;
    world.person(&who)?.logged_out = true;
    world.act(Request::log_out(&session)).await
}

#[when("a visitor logs out without a cookie")]
async fn log_out_without_cookie(world: &mut World) -> Result<(), Stop> {
    world.act(Request::new(Method::DELETE, "/sessions")).await
}

#[when(expr = "a visitor logs out with {id}")]
async fn log_out_with_id(world: &mut World, id: Id) -> Result<(), Stop> {
    let id = id.value(world)?;
    world.act(Request::log_out(&id)).await
}

#[when("a visitor logs out with each of these ids")]
async fn log_out_with_each(world: &mut World, step: &Step) -> Result<(), Stop> {
    for words in rows(step).iter().flatten() {
        let Ok(id) = Id::from_str(words);
        log_out_with_id(world, id).await?;
    }
    Ok(())
}

#[then("the answer redirects to the root")]
fn redirects(world: &mut World) -> Result<(), Stop> {
    let at = world.answer()?;
    let context = world.context()?;
    match expect::redirect_to_root(world.at(at), context.client.base()) {
        Ok(_) => Ok(()),
        Err(mismatches) => world.judge(at, mismatches),
    }
}

#[then("following the redirect answers the welcome")]
async fn follows(world: &mut World) -> Result<(), Stop> {
    // Both the prefix and "/" are the root of a target under a prefix; the suite asks for its own.
    let at = world.look(Request::root()).await?;
    let mut mismatches = expect::status(world.at(at), &Status::exactly(200));
    mismatches.extend(expect::naming(
        world.at(at),
        "Bienvenue",
        "body",
        "the welcome \"Bienvenue\"",
    ));
    world.judge(at, mismatches)
}
