//! Whether the target is still itself after input that the document is silent about.

use std::{sync::Arc, time::Duration};

use crate::{
    catalogue::plan::Sanity,
    client::Ask,
    context::Context,
    expect::{self, Status},
    failure::Mismatch,
    transcript::Exchange,
    world::World,
};

/// A target that is only slow to recover gets this long before it is asked again.
const SECOND_LOOK: Duration = Duration::from_millis(250);

/// Asks the target to do what it has to be able to do. Says what it does not do any more, with
/// the exchanges that show it.
pub(super) async fn check(
    context: &Arc<Context>,
    sanity: Sanity,
    place: &str,
) -> Result<(), (Vec<Mismatch>, Vec<Exchange>)> {
    if once(context, sanity, &format!("{place}/afterwards"))
        .await
        .is_ok()
    {
        return Ok(());
    }
    tokio::time::sleep(SECOND_LOOK).await;
    once(context, sanity, &format!("{place}/afterwards again")).await
}

async fn once(
    context: &Arc<Context>,
    sanity: Sanity,
    place: &str,
) -> Result<(), (Vec<Mismatch>, Vec<Exchange>)> {
    if sanity == Sanity::Assumed {
        return Ok(());
    }
    let root = context.send(&Ask::root()).await;
    let mismatches = expect::status(&root, &Status::Below500);
    if !mismatches.is_empty() {
        return Err((named("GET /", mismatches), vec![root]));
    }
    if sanity == Sanity::Answers {
        return Ok(());
    }
    // The newcomer serves a later scenario, so that little is paid for in vain.
    let mut world = World::new(Arc::clone(context), place.to_owned());
    let _ = world.own_account("Newcomer").await;
    match world.finish() {
        (_, None) => Ok(()),
        (exchanges, Some(stopped)) => {
            let mismatches = stopped.mismatches();
            let what = exchanges.last().map_or_else(String::new, |exchange| {
                let path = reqwest::Url::parse(&exchange.request.url)
                    .map(|url| url.path().to_owned())
                    .unwrap_or_default();
                format!("{} {path} of a newcomer", exchange.request.method)
            });
            Err((named(&what, mismatches), exchanges))
        }
    }
}

fn named(what: &str, mismatches: Vec<Mismatch>) -> Vec<Mismatch> {
    mismatches
        .into_iter()
        .map(|mismatch| Mismatch {
            what: format!("{} of {what}, afterwards", mismatch.what),
            ..mismatch
        })
        .collect()
}
