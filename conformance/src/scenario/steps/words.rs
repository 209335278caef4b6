//! Words with a meaning of their own in steps: people, passwords, ids.

use std::{convert::Infallible, str::FromStr};

use cucumber::Parameter;

use crate::scenario::{Stop, World, expect};

/// Somebody, by name.
#[derive(Clone, Debug, Parameter)]
#[param(name = "person", regex = "[A-Z][a-z]+")]
pub(super) struct Who(pub(super) String);

impl FromStr for Who {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(Self(name.to_owned()))
    }
}

/// A password, as a step describes it.
#[derive(Clone, Debug, Parameter)]
#[param(
    name = "password",
    regex = "(?:[A-Z][a-z]+'s password(?: in another case| and one letter| after a blank)?|the beginning of [A-Z][a-z]+'s password|another password|the new password|the old password|the first password|an empty password)"
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
            "the new password" => return Ok(world.person(owner)?.password.clone()),
            "the first password" => {
                return match world.person(owner)?.first_password.clone() {
                    Some(first) => Ok(first),
                    None => Err(world.missing(&format!("{owner}'s second password"))),
                };
            }
            "the old password" => {
                return match world.person(owner)?.old_password.clone() {
                    Some(old) => Ok(old),
                    None => Err(world.missing(&format!("{owner}'s second password"))),
                };
            }
            _ => {}
        }
        let words = words.strip_prefix("the beginning of ").unwrap_or(words);
        let (name, change) = words.split_once("'s password").unwrap_or((words, ""));
        let password = world.person(name)?.password.clone();
        Ok(match change {
            " in another case" => swap_case(&password),
            " and one letter" => format!("{password}x"),
            " after a blank" => format!(" {password}"),
            _ if self.0.starts_with("the beginning of ") => password
                .chars()
                .take(password.chars().count().saturating_sub(1))
                .collect(),
            _ => password,
        })
    }
}

fn swap_case(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_lowercase() {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}

/// A session id or a token, as a step describes it.
#[derive(Clone, Debug, Parameter)]
#[param(
    name = "id",
    regex = "(?:an unknown UUID|the malformed id \"nope\"|an empty id|[A-Z][a-z]+'s email as the id|[A-Z][a-z]+'s session id(?: without its end)?|[A-Z][a-z]+'s token (?:without its end|and one digit))"
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
            "an empty id" => Ok(String::new()),
            words => {
                let (name, rest) = words.split_once("'s ").unwrap_or((words, ""));
                if rest == "email as the id" {
                    return Ok(world.person(name)?.email.clone());
                }
                if rest.starts_with("token ") {
                    let tokens = &world.person(name)?.tokens;
                    let Some(mut token) = tokens.last().cloned() else {
                        return Err(world.missing(&format!("{name}'s token")));
                    };
                    if rest == "token and one digit" {
                        token.push('0');
                    } else {
                        token.pop();
                    }
                    return Ok(token);
                }
                let session = session_of(world, name)?;
                if rest.ends_with("without its end") {
                    let kept = session
                        .trim_end_matches('"')
                        .chars()
                        .count()
                        .saturating_sub(1);
                    Ok(session.chars().take(kept).collect())
                } else {
                    Ok(session.trim_matches('"').to_owned())
                }
            }
        }
    }
}

/// The latest session id of a person, live or not, as a client sends it.
pub(super) fn session_of(world: &mut World, name: &str) -> Result<String, Stop> {
    if let Some(session) = world.person(name)?.sessions.last() {
        return Ok(session.clone());
    }
    // A login that was an act of the scenario set no cookie.
    let at = world.answer()?;
    let mismatches = expect::live_session_cookie(world.at(at));
    world.judge(at, mismatches)?;
    Err(world.missing(&format!("{name}'s session")))
}
