//! Setting a new password.

use std::str::FromStr;

use cucumber::{gherkin::Step, then, when};

use super::words::{Id, rows, token_of};
use crate::{
    http::Request,
    scenario::{Stop, World, expect::Status},
};

#[when(regex = r"^([A-Z][a-z]+) sets a new password$")]
async fn sets_a_new_password(world: &mut World, who: String) -> Result<(), Stop> {
    let new = world.fresh_password(&who)?;
    set(world, &who, new).await
}

#[when(regex = r#"^([A-Z][a-z]+) sets the new password "([^"]*)"$"#)]
async fn sets_this_password(world: &mut World, who: String, new: String) -> Result<(), Stop> {
    set(world, &who, new).await
}

async fn set(world: &mut World, name: &str, new: String) -> Result<(), Stop> {
    let request = world.update(name, &new)?;
    world.act(request).await?;
    world.password_set(name, new)
}

#[when(regex = r"^a visitor uses ([A-Z][a-z]+)'s token with ([A-Z][a-z]+)'s email$")]
async fn uses_for_another(world: &mut World, who: String, other: String) -> Result<(), Stop> {
    let password = world.another_password()?;
    let email = world.person(&other)?.email.clone();
    world.person(&other)?.changed = true;
    let person = world.person(&who)?;
    person.changed = true;
    let token = person.tokens.last().cloned().unwrap_or_default();
    world
        .act(Request::update_password(&email, &token, &password))
        .await
}

#[when(expr = "a visitor sets another password for {word} with {id}")]
async fn sets_with_id(world: &mut World, who: String, id: Id) -> Result<(), Stop> {
    let token = id.value(world)?;
    let password = world.another_password()?;
    let person = world.person(&who)?;
    person.changed = true;
    let request = Request::update_password(&person.email, &token, &password);
    world.act(request).await
}

#[when(regex = r"^a visitor sets another password for ([A-Z][a-z]+) with each of these tokens$")]
async fn sets_with_each(world: &mut World, who: String, step: &Step) -> Result<(), Stop> {
    for words in rows(step).iter().flatten() {
        let Ok(id) = Id::from_str(words);
        sets_with_id(world, who.clone(), id).await?;
    }
    Ok(())
}

#[then(
    regex = r"^setting a new password with ([A-Z][a-z]+)'s (earlier token|token) answers ([0-9]+)$"
)]
async fn setting_answers(
    world: &mut World,
    name: String,
    which: String,
    status: u16,
) -> Result<(), Stop> {
    let new = world.fresh_password(&name)?;
    let person = world.person(&name)?;
    person.changed = true;
    let email = person.email.clone();
    let token = token_of(world, &name, &which)?;
    let request = Request::update_password(&email, &token, &new);
    let at = world.look(request).await?;
    world.judge_status(at, &Status::exactly(status))?;
    if status == 200 {
        world.password_set(&name, new)?;
    }
    Ok(())
}
