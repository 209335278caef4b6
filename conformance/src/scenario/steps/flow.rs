//! The documented end-to-end flow, in the document's own words (task 20).

use std::collections::HashMap;

use cucumber::{given, then};
use reqwest::Method;
use serde_json::Value;

use super::answers::judge_payload;
use crate::{
    http::{Mismatch, Request},
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

/// The person whose email and passwords the flow's constants are.
const GUILLAUME: &str = "Guillaume";

#[given(expr = "EMAIL is {string}, made unique for this run")]
fn email_is(world: &mut World, email: String) -> Result<(), Stop> {
    let tag = world.tag()?;
    let unique = match email.split_once('@') {
        Some((name, domain)) => format!("{name}.{tag}@{domain}"),
        None => return Err(world.defect(format!("{email} is no email"))),
    };
    let person = world.person(GUILLAUME)?;
    person.email = unique;
    person.changed = true;
    Ok(())
}

#[given(expr = "PASSWD is {string}")]
fn password_is(world: &mut World, password: String) -> Result<(), Stop> {
    world.person(GUILLAUME)?.password = password;
    Ok(())
}

#[given(expr = "NEW_PASSWD is {string}")]
fn new_password_is(world: &mut World, password: String) -> Result<(), Stop> {
    world.person(GUILLAUME)?.old_password = Some(password);
    Ok(())
}

#[then(regex = r"^([a-z_]+)\(([^)]*)\) answers (\d+(?: or \d+)*)(?: with (\{.*\}))?$")]
async fn answers(
    world: &mut World,
    function: String,
    arguments: String,
    status: Status,
    payload: String,
) -> Result<(), Stop> {
    let person = world.person(GUILLAUME)?.clone();
    let known = HashMap::from([
        ("EMAIL", Some(person.email.clone())),
        ("PASSWD", Some(person.password.clone())),
        ("NEW_PASSWD", person.old_password.clone()),
        ("session_id", person.sessions.last().cloned()),
        ("reset_token", person.tokens.last().cloned()),
    ]);
    let names: Vec<&str> = arguments
        .split(',')
        .map(str::trim)
        .filter(|a| !a.is_empty())
        .collect();
    let mut values = Vec::new();
    for name in names {
        match known.get(name) {
            Some(Some(value)) => values.push(value.as_str()),
            _ => return Err(world.missing(name)),
        }
    }
    let request = match (function.as_str(), values.as_slice()) {
        ("register_user", [email, password]) => Request::register(email, password),
        ("log_in" | "log_in_wrong_password", [email, password]) => Request::log_in(email, password),
        ("profile_unlogged", []) => Request::new(Method::GET, "/profile"),
        ("profile_logged", [session]) => Request::profile(session),
        ("log_out", [session]) => Request::log_out(session),
        ("reset_password_token", [email]) => Request::reset_token(email),
        ("update_password", [email, token, new]) => Request::update_password(email, token, new),
        _ => {
            return Err(world.defect(format!(
                "{function}({arguments}) is no function of the flow"
            )));
        }
    };
    let at = world.act(request).await?;
    if payload.is_empty() {
        world.judge_status(at, &status)?;
    } else {
        let text = payload.replace("EMAIL", &Value::String(person.email).to_string());
        match serde_json::from_str(&text) {
            Ok(expected) => judge_payload(world, at, &status, &expected)?,
            Err(error) => return Err(world.defect(format!("{payload} is no JSON: {error}"))),
        }
    }
    remember(world, at, &function)
}

/// Notes what later functions of the flow need from an answer.
fn remember(world: &mut World, at: At, function: &str) -> Result<(), Stop> {
    let missing = match function {
        "log_in" if !world.take_session(at, GUILLAUME)? => {
            expect::live_session_cookie(world.at(at))
        }
        "reset_password_token" if !world.take_token(at, GUILLAUME)? => {
            vec![Mismatch::new("reset_token", "a token", "none")]
        }
        "log_out" => {
            let base = world.context()?.client.base().clone();
            expect::redirect_to_root(world.at(at), &base)
                .err()
                .unwrap_or_default()
        }
        _ => Vec::new(),
    };
    world.judge(at, missing)
}
