//! What a scenario begins with.

use cucumber::given;

use super::words::Who;
use crate::{
    accounts::Wanted,
    world::{Stop, World},
};

#[given(expr = "{person} has an account")]
async fn account(world: &mut World, who: Who) -> Result<(), Stop> {
    world.account(&who.0, Wanted::Any).await
}

#[given(expr = "{person} has an account and no session")]
async fn account_without_session(world: &mut World, who: Who) -> Result<(), Stop> {
    world.account(&who.0, Wanted::WithoutSession).await
}

#[given(expr = "{person} has an account of her own")]
async fn own_account(world: &mut World, who: Who) -> Result<(), Stop> {
    world.own_account(&who.0).await
}

#[given(expr = "{person} is logged in")]
async fn logged_in(world: &mut World, who: Who) -> Result<(), Stop> {
    world.session(&who.0).await
}

#[given(expr = "{person} has just logged in")]
async fn just_logged_in(world: &mut World, who: Who) -> Result<(), Stop> {
    world.newest_session(&who.0).await
}

#[given(expr = "{person} has asked for a reset token")]
async fn asked_for_a_token(world: &mut World, who: Who) -> Result<(), Stop> {
    world.token(&who.0).await
}

#[given(expr = "{person} has set a new password")]
async fn set_a_new_password(world: &mut World, who: Who) -> Result<(), Stop> {
    world.new_password(&who.0).await
}
