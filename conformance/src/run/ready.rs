//! Waiting for a target's first answer.

use std::time::{Duration, Instant};

use crate::{
    http::{NoResponse, Request},
    scenario::Context,
};

/// How often to ask.
const AGAIN: Duration = Duration::from_millis(50);

/// Waits until the target answers anything at all, at most for `limit`. Says what its `Server`
/// header is, or why it cannot be judged.
pub(super) async fn wait(context: &Context, limit: Duration) -> Result<Option<String>, String> {
    let url = context.client.base().clone();
    let started = Instant::now();
    loop {
        let answer = context.client.attempt(&Request::root()).await;
        let why = match answer {
            Ok(response) if response.is_not_ready() => {
                format!(
                    "only {}, a gateway's word for a server that is not there",
                    response.status
                )
            }
            Ok(response) => return Ok(response.header("server").map(str::to_owned)),
            // It accepts and speaks, though not well: that is for the scenarios to judge.
            Err(NoResponse::Broken(_)) if started.elapsed() >= limit => return Ok(None),
            Err(why) => format!("nothing ({why})"),
        };
        if started.elapsed() >= limit {
            return Err(format!("{url} answers {why}"));
        }
        tokio::time::sleep(AGAIN).await;
    }
}
