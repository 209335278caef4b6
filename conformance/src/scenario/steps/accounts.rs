//! What a scenario begins with.

use cucumber::{gherkin, given, then};

use super::words::session_of;
use crate::{
    http::{Mismatch, Request},
    scenario::{Stop, Wanted, World, expect::Status},
    suite::Case,
};

#[given(
    regex = r"^(nobody has|only [A-Z][a-z]+ has|only [A-Z][a-z]+(?: and [A-Z][a-z]+)+ have) registered since the start$"
)]
async fn registered_since_the_start(world: &mut World, who: String) -> Result<(), Stop> {
    if !world.context()?.fresh {
        return Err(world.defect("the scenario needs the tag @needs.fresh-start for this step"));
    }
    let named = names(&who);
    for name in named.clone() {
        world.newcomer(name).await?;
    }
    // On a start that scenarios share, one of them may have let somebody in.
    let context = world.context()?;
    let known = context.watch.with_state(|state| state.accounts.len());
    if known != named.count() {
        return Err(world.defect("others have registered since the start"));
    }
    Ok(())
}

/// The names in a step.
fn names(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(' ')
        .filter(|word| word.starts_with(char::is_uppercase))
}

/// What a step looks at, where that is nothing but the store, so that once says the same as after
/// each of several refusals: its people are as they registered. Whoever registers only to be
/// looked at is registered by the next scenario's `Given` just as well.
pub(crate) fn looks_at_the_store(step: &gherkin::Step) -> Option<String> {
    let text = step.value.replace(" can register, log in ", " can log in ");
    let is_about_the_store = text.ends_with(" can log in and see her profile")
        || (text.starts_with("logging in to ") && text.ends_with("'s password answers 200"));
    is_about_the_store.then_some(text)
}

/// How many people a case wants in a store that was empty when its target was started.
pub(crate) fn newcomers(case: &Case) -> usize {
    let store = case
        .steps()
        .find(|step| step.value.ends_with("registered since the start"));
    store.map_or(0, |step| names(&step.value).count())
}

#[given(regex = r"^([A-Z][a-z]+) has an account$")]
async fn account(world: &mut World, who: String) -> Result<(), Stop> {
    world.account(&who, Wanted::Any).await
}

#[given(regex = r"^([A-Z][a-z]+) has an account and no session$")]
async fn account_without_session(world: &mut World, who: String) -> Result<(), Stop> {
    world.account(&who, Wanted::WithoutSession).await
}

#[given(regex = r"^([A-Z][a-z]+) has an account of her own$")]
async fn own_account(world: &mut World, who: String) -> Result<(), Stop> {
    world.own_account(&who).await
}

#[given(regex = r"^([A-Z][a-z]+) (is|has just) logged in( and has seen her profile)?$")]
async fn logged_in(
    world: &mut World,
    name: String,
    since: String,
    seen: String,
) -> Result<(), Stop> {
    match since.as_str() {
        "has just" => world.newest_session(&name).await?,
        _ => world.session(&name).await?,
    }
    if seen.is_empty() {
        Ok(())
    } else {
        world.sees_her_profile(&name).await
    }
}

#[given(regex = r"^([A-Z][a-z]+) has asked for a reset token$")]
async fn asked_for_a_token(world: &mut World, who: String) -> Result<(), Stop> {
    world.token(&who).await
}

#[given(regex = r"^([A-Z][a-z]+) has set a new password$")]
async fn set_a_new_password(world: &mut World, who: String) -> Result<(), Stop> {
    world.new_password(&who).await
}

/// The witness of a refusal that comes before anybody has a session: the service does let in
/// whom it has to.
#[then(regex = r"^([A-Z][a-z]+) can (log in|register, log in) and see her profile$")]
async fn can_log_in(world: &mut World, name: String, how: String) -> Result<(), Stop> {
    let person = world.person(&name)?.clone();
    if how.starts_with("register") {
        let at = world.look(person.registration()).await?;
        world.granted(at)?;
        world.person(&name)?.registered = true;
    }
    world.registered(&name)?;
    let at = world.look(person.login()).await?;
    world.granted(at)?;
    world.take_session(at, &name)?;
    let session = session_of(world, &name)?;
    let at = world.look(Request::profile(&session)).await?;
    world.judge_status(at, &Status::exactly(200))?;
    if world.shows(at, &person.email) {
        return Ok(());
    }
    let mismatch = Mismatch::new("whose profile it is", person.email, "another's");
    world.judge(at, vec![mismatch])
}
