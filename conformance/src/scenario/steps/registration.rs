//! Registering.

use cucumber::{then, when};
use reqwest::Method;

use super::words::Password;
use crate::{
    http::{Body, Mismatch, Request},
    model::Spelling,
    scenario::{
        At, Stop, World,
        expect::{self, Status},
    },
};

#[when(regex = r"^([A-Z][a-z]+) registers$")]
async fn registers(world: &mut World, who: String) -> Result<(), Stop> {
    register(world, &who).await
}

#[when(regex = r#"^([A-Z][a-z]+) registers with the password "([^"]*)"$"#)]
async fn registers_with(world: &mut World, who: String, password: String) -> Result<(), Stop> {
    world.person(&who)?.password = password;
    register(world, &who).await
}

#[when(regex = r"^([A-Z][a-z]+) registers with capitals in her email$")]
async fn registers_with_capitals(world: &mut World, who: String) -> Result<(), Stop> {
    let person = world.person(&who)?;
    let capitals = person.email[..1].to_uppercase();
    person.email.replace_range(..1, &capitals);
    person.email = person.email.replace("example", "Example");
    register(world, &who).await
}

#[when(regex = r"^([A-Z][a-z]+) registers with a plus sign in her email$")]
async fn registers_with_a_plus(world: &mut World, who: String) -> Result<(), Stop> {
    let person = world.person(&who)?;
    person.email = person.email.replacen('@', "+news@", 1);
    register(world, &who).await
}

#[when(regex = r"^([A-Z][a-z]+) registers with an email that begins with ([A-Z][a-z]+)'s$")]
async fn registers_with_a_longer_one(
    world: &mut World,
    who: String,
    other: String,
) -> Result<(), Stop> {
    let email = world.person(&other)?.email.clone();
    world.person(&who)?.email = format!("{email}.org");
    register(world, &who).await
}

async fn register(world: &mut World, name: &str) -> Result<(), Stop> {
    let request = world.person(name)?.registration();
    world.act(request).await?;
    let at = world.answer()?;
    let accepted = expect::status(world.at(at), &Status::Success).is_empty();
    world.person(name)?.registered = accepted;
    Ok(())
}

#[when(expr = "a visitor registers {word}'s email with {password}")]
async fn registers_again(world: &mut World, who: String, password: Password) -> Result<(), Stop> {
    let password = password.of(world, &who)?;
    let email = world.person(&who)?.email.clone();
    world.act(Request::register(&email, &password)).await
}

#[when(regex = r"^two visitors register ([A-Z][a-z]+)'s email at the same time$")]
async fn two_register(world: &mut World, who: String) -> Result<(), Stop> {
    let person = world.person(&who)?.clone();
    let other = world.another_password()?;
    world
        .act_at_once(vec![
            person.registration(),
            Request::register(&person.email, &other),
        ])
        .await?;
    Ok(())
}

#[then(regex = r"^the answers are ([0-9]+) and ([0-9]+), in either order$")]
fn in_either_order(world: &mut World, one: u16, other: u16) -> Result<(), Stop> {
    let answers = world.answers();
    let status = |at: &At| match &world.at(*at).answer {
        Ok(response) => response.status.to_string(),
        Err(none) => none.to_string(),
    };
    let mut statuses: Vec<String> = answers.iter().map(status).collect();
    let mut wanted = [one.to_string(), other.to_string()];
    let found = statuses.join(" and ");
    statuses.sort();
    wanted.sort();
    if statuses == wanted {
        return Ok(());
    }
    let mismatch = Mismatch::new("statuses", format!("{one} and {other}"), found);
    world.judge_all(answers.last().copied(), vec![mismatch])
}

#[then(regex = r"^the answer echoes ([A-Z][a-z]+)'s email$")]
fn echoes(world: &mut World, who: String) -> Result<(), Stop> {
    let at = world.answer()?;
    let email = world.person(&who)?.email.clone();
    let exchange = world.at(at);
    let mut mismatches = expect::status(exchange, &Status::Success);
    let quoted = format!("\"{email}\"");
    mismatches.extend(expect::naming(
        exchange,
        &email,
        "email in the body",
        quoted,
    ));
    world.judge(at, mismatches)
}

#[then(
    regex = r"^logging in to ([A-Z][a-z]+)'s account with every byte percent-encoded answers ([0-9]+)$"
)]
async fn logs_in_fully_encoded(world: &mut World, who: String, status: u16) -> Result<(), Stop> {
    let person = world.person(&who)?.clone();
    let fields = [("email", &*person.email), ("password", &person.password)];
    let (form, _) = Spelling::Encoded.form(&fields, "");
    let request = Request::new(Method::POST, "/sessions").with_body(Body::encoded_form(form));
    let at = world.look(request).await?;
    world.judge_status(at, &Status::exactly(status))?;
    // Whoever gets the account next has to know that it has a session now.
    world.take_session(at, &who)
}

#[then(regex = r"^([A-Z][a-z]+) can still register$")]
async fn can_still_register(world: &mut World, who: String) -> Result<(), Stop> {
    let request = world.person(&who)?.registration();
    let at = world.look(request).await?;
    let mut mismatches = expect::status(world.at(at), &Status::Success);
    for mismatch in &mut mismatches {
        mismatch.what = "registering the same email properly".into();
        mismatch.expected = "status 200: the refused attempt left no account behind".into();
    }
    world.judge(at, mismatches)?;
    world.person(&who)?.registered = true;
    Ok(())
}
