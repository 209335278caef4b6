//! Plain HTTP, where a requirement is about just that.

use cucumber::{then, when};
use reqwest::Method;

use super::words::session_of;
use crate::{
    http::{Mismatch, Request},
    scenario::{Stop, World, expect},
};

#[when(regex = r"^a visitor requests (GET|POST|PUT|PATCH|DELETE) (/\S*)$")]
async fn requests(world: &mut World, method: Method, path: String) -> Result<(), Stop> {
    world.act(Request::new(method, path)).await
}

#[when(regex = r"^([A-Z][a-z]+) sends ([0-9]+) requests without a pause$")]
async fn without_pause(world: &mut World, who: String, count: usize) -> Result<(), Stop> {
    let session = session_of(world, &who)?;
    for number in 0..count {
        let request = if number % 2 == 0 {
            Request::profile(&session)
        } else {
            Request::root()
        };
        world.act_at_once(vec![request]).await?;
    }
    Ok(())
}

#[then(regex = r"^a 405 has an Allow header that names ([A-Z]+)$")]
fn allows(world: &mut World, method: String) -> Result<(), Stop> {
    let at = world.answer()?;
    let response = match expect::answered(world.at(at), "an answer") {
        Ok(response) => response,
        Err(missing) => return world.judge(at, vec![missing]),
    };
    let allowed: Vec<&str> = response
        .header_values("allow")
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    if response.status != 405 || allowed.contains(&method.as_str()) {
        return Ok(());
    }
    let found = if allowed.is_empty() {
        "no such header".to_owned()
    } else {
        expect::shown(&allowed.join(", "))
    };
    let mismatch = Mismatch::new("Allow", format!("{method} among others"), found);
    world.judge(at, vec![mismatch])
}
