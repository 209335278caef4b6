//! Words with a meaning of their own in steps: passwords and ids.

use std::{convert::Infallible, str::FromStr};

use cucumber::{Parameter, gherkin::Step};

use crate::{
    model::swapped,
    scenario::{Stop, World, expect},
};

/// A password, as a step describes it.
#[derive(Clone, Debug, Parameter)]
#[param(
    name = "password",
    regex = r#"(?:[A-Z][a-z]+'s password(?: in another case| and one letter| after a blank)?|the beginning of [A-Z][a-z]+'s password|the encoding of her password|another password|the new password|the old password|the first password|an empty password|the password "[^"]*")"#
)]
pub(super) struct Password(String);

impl FromStr for Password {
    type Err = Infallible;

    fn from_str(words: &str) -> Result<Self, Self::Err> {
        Ok(Self(words.to_owned()))
    }
}

impl Password {
    /// The password that the words mean for the account of `owner`.
    pub(super) fn of(&self, world: &mut World, owner: &str) -> Result<String, Stop> {
        let words = self.0.as_str();
        match words {
            "another password" => return world.another_password(),
            "an empty password" => return Ok(String::new()),
            "the encoding of her password" => {
                let password = world.person(owner)?.password.as_bytes();
                return Ok(form_urlencoded::byte_serialize(password).collect());
            }
            "the new password" => return Ok(world.person(owner)?.password.clone()),
            "the first password" | "the old password" => {
                let person = world.person(owner)?;
                let known = match words {
                    "the first password" => person.first_password.clone(),
                    _ => person.old_password.clone(),
                };
                return known.ok_or_else(|| world.missing(&format!("{owner}'s second password")));
            }
            _ => {}
        }
        if let Some(quoted) = words.strip_prefix("the password ") {
            return Ok(quoted.trim_matches('"').to_owned());
        }
        let words = words.strip_prefix("the beginning of ").unwrap_or(words);
        let (name, change) = words.split_once("'s password").unwrap_or((words, ""));
        let mut password = world.person(name)?.password.clone();
        match change {
            " in another case" => password = swapped(&password),
            " and one letter" => password.push('x'),
            " after a blank" => password.insert(0, ' '),
            _ if self.0.starts_with("the beginning of ") => drop(password.pop()),
            _ => {}
        }
        Ok(password)
    }
}

/// A session id or a token, as a step describes it.
#[derive(Clone, Debug, Parameter)]
#[param(
    name = "id",
    regex = "(?:an unknown UUID|the malformed id \"nope\"|an empty id|an empty token|[A-Z][a-z]+'s email as the id|[A-Z][a-z]+'s session id(?: without its end)?|[A-Z][a-z]+'s (?:earlier token|token(?: without its end| and one digit)?))"
)]
pub(super) struct Id(String);

impl FromStr for Id {
    type Err = Infallible;

    fn from_str(words: &str) -> Result<Self, Self::Err> {
        Ok(Self(words.to_owned()))
    }
}

impl Id {
    /// The id that the words mean.
    pub(super) fn value(&self, world: &mut World) -> Result<String, Stop> {
        match self.0.as_str() {
            "an unknown UUID" => Ok(uuid::Uuid::new_v4().to_string()),
            "the malformed id \"nope\"" => Ok("nope".to_owned()),
            "an empty id" | "an empty token" => Ok(String::new()),
            words => {
                let (name, rest) = words.split_once("'s ").unwrap_or((words, ""));
                if rest == "email as the id" {
                    return Ok(world.person(name)?.email.clone());
                }
                if let Some((which, change)) = token_words(rest) {
                    let mut token = token_of(world, name, which)?;
                    match change {
                        " and one digit" => token.push('0'),
                        " without its end" => drop(token.pop()),
                        _ => {}
                    }
                    return Ok(token);
                }
                let mut session = session_of(world, name)?;
                if rest.ends_with("without its end") {
                    session.truncate(session.trim_end_matches('"').len());
                    session.pop();
                    Ok(session)
                } else {
                    Ok(session.trim_matches('"').to_owned())
                }
            }
        }
    }
}

/// The rows of a step's table, without the one that names its columns.
pub(super) fn rows(step: &Step) -> &[Vec<String>] {
    let rows = step.table.as_ref().map(|table| table.rows.as_slice());
    rows.and_then(|rows| rows.get(1..)).unwrap_or_default()
}

/// Which token the words mean, and what is changed in it.
fn token_words(words: &str) -> Option<(&str, &str)> {
    let at = words.find("token")? + "token".len();
    Some(words.split_at(at))
}

/// A person's latest token (`token`) or the one before it (`earlier token`).
pub(super) fn token_of(world: &mut World, name: &str, which: &str) -> Result<String, Stop> {
    match (which, world.person(name)?.tokens.as_slice()) {
        ("earlier token", [.., earlier, _]) => Ok(earlier.clone()),
        ("token", [.., latest]) => Ok(latest.clone()),
        _ => Err(world.missing(&format!("{name}'s {which}"))),
    }
}

/// The latest session id of a person, live or not, as a client sends it.
pub(super) fn session_of(world: &mut World, name: &str) -> Result<String, Stop> {
    if let Some(session) = world.person(name)?.sessions.last() {
        return Ok(session.clone());
    }
    // A login that was an act of the scenario set no cookie.
    let at = world.answer_to(name)?;
    let mismatches = expect::live_session_cookie(world.at(at));
    world.judge(at, mismatches)?;
    Err(world.missing(&format!("{name}'s session")))
}
