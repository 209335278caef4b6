//! Histories, the roll call, and the look back on every answer.

use cucumber::{then, when};

use crate::{
    model,
    scenario::{Stop, World},
};

#[when(regex = r#"^the history "([^"]*)" is walked$"#)]
async fn walks(world: &mut World, title: String) -> Result<(), Stop> {
    let history = model::chosen()
        .iter()
        .find(|history| history.title == title);
    match history {
        Some(history) => world.set_out(history).await,
        None => Err(world.defect(format!("no history is about {title}"))),
    }
}

#[then("each of its calls is answered as the document says")]
async fn as_documented(world: &mut World) -> Result<(), Stop> {
    world.arrive().await
}

#[then("everybody's sessions are as she left them")]
async fn sessions(world: &mut World) -> Result<(), Stop> {
    world.call_the_roll_of_sessions().await
}

#[then("used tokens are spent, and the others still work")]
async fn tokens(world: &mut World) -> Result<(), Stop> {
    world.call_the_roll_of_tokens().await
}

#[then("those who came first still log in")]
async fn passwords(world: &mut World) -> Result<(), Stop> {
    world.call_the_roll_of_passwords().await
}

#[then("everybody's email is still hers")]
async fn emails(world: &mut World) -> Result<(), Stop> {
    world.call_the_roll_of_emails().await
}

#[then("every answer so far was the documented one")]
fn all_answers(world: &mut World) -> Result<(), Stop> {
    world.look_back()
}
