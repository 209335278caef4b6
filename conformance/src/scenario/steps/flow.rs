//! The documented end-to-end flow, in the document's own words (task 20).

use cucumber::{gherkin::Step, given, then, when};
use reqwest::Method;
use serde_json::Value;

use super::words::rows;
use crate::{
    http::{Mismatch, Request},
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

/// Whose email and passwords the flow's constants are.
const OWNER: &str = "owner";

#[given(regex = r#"^EMAIL is "([^"]*)", made unique for this run$"#)]
fn email_is(world: &mut World, email: String) -> Result<(), Stop> {
    let tag = world.tag()?;
    let unique = match email.split_once('@') {
        Some((name, domain)) => format!("{name}.{tag}@{domain}"),
        None => return Err(world.defect(format!("{email} is no email"))),
    };
    let person = world.person(OWNER)?;
    person.email = unique;
    person.changed = true;
    Ok(())
}

#[given(regex = r#"^PASSWD is "([^"]*)"$"#)]
fn password_is(world: &mut World, password: String) -> Result<(), Stop> {
    world.person(OWNER)?.password = password;
    Ok(())
}

#[given(regex = r#"^NEW_PASSWD is "([^"]*)"$"#)]
fn new_password_is(world: &mut World, password: String) -> Result<(), Stop> {
    world.person(OWNER)?.old_password = Some(password);
    Ok(())
}

#[when("these functions are called one after another")]
async fn are_called(world: &mut World, step: &Step) -> Result<(), Stop> {
    for row in rows(step) {
        let call = row.first().map_or("", String::as_str);
        let Some((function, arguments)) = split(call) else {
            return Err(world.defect(format!("{call} is no call of a function")));
        };
        let mut values = Vec::new();
        for name in arguments {
            match value(world, name)? {
                Some(value) => values.push(value),
                // What should have given it is judged with the other answers.
                None => return Ok(()),
            }
        }
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let Some(request) = request(function, &values) else {
            return Err(world.defect(format!("{call} is no function of the flow")));
        };
        let at = world.act_by(function, request).await?;
        match function {
            "log_in" => world.take_session(at, OWNER)?,
            "reset_password_token" => world.take_token(at, OWNER)?,
            _ => {}
        }
        if world.at(at).answer.is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// `log_in(EMAIL, PASSWD)` as the function's name and the names of what it is called with.
fn split(call: &str) -> Option<(&str, Vec<&str>)> {
    let (function, arguments) = call.strip_suffix(')')?.split_once('(')?;
    let names = arguments.split(',').map(str::trim);
    Some((function, names.filter(|name| !name.is_empty()).collect()))
}

/// The value of a constant, or of what an earlier answer has given.
fn value(world: &mut World, name: &str) -> Result<Option<String>, Stop> {
    let person = world.person(OWNER)?;
    Ok(match name {
        "EMAIL" => Some(person.email.clone()),
        "PASSWD" => Some(person.password.clone()),
        "NEW_PASSWD" => person.old_password.clone(),
        "session_id" => person.sessions.last().cloned(),
        "reset_token" => person.tokens.last().cloned(),
        _ => return Err(world.defect(format!("{name} is no constant of the flow"))),
    })
}

fn request(function: &str, values: &[&str]) -> Option<Request> {
    Some(match (function, values) {
        ("register_user", [email, password]) => Request::register(email, password),
        ("log_in" | "log_in_wrong_password", [email, password]) => Request::log_in(email, password),
        ("profile_unlogged", []) => Request::new(Method::GET, "/profile"),
        ("profile_logged", [session]) => Request::profile(session),
        ("log_out", [session]) => Request::log_out(session),
        ("reset_password_token", [email]) => Request::reset_token(email),
        ("update_password", [email, token, new]) => Request::update_password(email, token, new),
        _ => return None,
    })
}

#[then("these are the answers")]
fn are_the_answers(world: &mut World, step: &Step) -> Result<(), Stop> {
    let mut answers = world.answers_by_asker().into_iter();
    for row in rows(step) {
        let [function, status, payload] = row.as_slice() else {
            return Err(world.defect("a row has a function, a status and a payload"));
        };
        let Some((at, called)) = answers.next() else {
            return Err(world.missing(&format!("what {function} is called with")));
        };
        if called != *function {
            return Err(world.defect(format!("{called} was called, and not {function}")));
        }
        let status = match status.parse() {
            Ok(status) => status,
            Err(why) => return Err(world.defect(why)),
        };
        judge_call(world, at, function, &status, payload)?;
    }
    Ok(())
}

fn judge_call(
    world: &mut World,
    at: At,
    function: &str,
    status: &Status,
    payload: &str,
) -> Result<(), Stop> {
    let mut mismatches = expect::status(world.at(at), status);
    if !payload.is_empty() && world.at(at).answer.is_ok() {
        let email = world.person(OWNER)?.email.clone();
        let text = payload.replace("EMAIL", &Value::String(email).to_string());
        match serde_json::from_str(&text) {
            Ok(expected) => mismatches.extend(expect::json(world.at(at), &expected)),
            Err(error) => return Err(world.defect(format!("{payload} is no JSON: {error}"))),
        }
    }
    if mismatches.is_empty() {
        mismatches = beside_the_payload(world, at, function)?;
    }
    for mismatch in &mut mismatches {
        mismatch.what = format!("{} of {function}", mismatch.what);
    }
    world.judge(at, mismatches)
}

/// What an answer lacks that stands in no payload.
fn beside_the_payload(world: &mut World, at: At, function: &str) -> Result<Vec<Mismatch>, Stop> {
    Ok(match function {
        "log_in" if expect::opened_session(world.at(at)).is_none() => {
            expect::live_session_cookie(world.at(at))
        }
        "log_out" => {
            let base = world.context()?.client.base().clone();
            expect::redirect_to_root(world.at(at), &base)
                .err()
                .unwrap_or_default()
        }
        _ => Vec::new(),
    })
}
