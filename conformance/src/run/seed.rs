//! Whether an earlier run with the same chosen seed has left its accounts on the target: they
//! would be taken, and nobody would be at fault.

use crate::{
    http::Request,
    scenario::{
        Context,
        expect::{self, Status},
    },
};

/// Looks for the mark that every run with a chosen seed leaves, and leaves it where there is none.
/// Whichever of two routes works tells: each changes nothing where the mark is unknown.
pub(super) async fn is_used(context: &Context) -> bool {
    let (email, password) = (
        context.names.email("seed", "mark"),
        context.names.password("mark"),
    );
    let entered = context
        .client
        .send(&Request::log_in(&email, &password))
        .await;
    let known = entered.answer.is_ok_and(|response| {
        Status::Success.accepts(response.status) && expect::session_cookie(&response).is_some()
    });
    if known {
        return true;
    }
    let reset = context.client.send(&Request::reset_token(&email)).await;
    let resets = reset.answer.is_ok_and(|response| {
        Status::Success.accepts(response.status)
            && expect::json_member(&response, "reset_token").is_some()
    });
    if !resets {
        context
            .client
            .send(&Request::register(&email, &password))
            .await;
    }
    resets
}
