//! Whether the target is still itself after input that the document is silent about.

use std::{sync::Arc, time::Duration};

use crate::{
    http::{Exchange, Mismatch, NoResponse, Request},
    scenario::{
        Context, Health, Stopped, World,
        expect::{self, Status},
    },
    suite::plan::Sanity,
};

/// A target that is only slow to recover gets this long before it is asked again.
const SECOND_LOOK: Duration = Duration::from_millis(250);

/// What a look at the target has shown.
pub(super) enum Found {
    /// It does what it has to be able to do.
    Sane,
    /// It does not any more; what differs, and the exchanges that show it.
    Broken(Vec<Mismatch>, Vec<Exchange>),
    /// It could not be asked: it is gone, or the run is over.
    Nothing,
    /// The runner is at fault.
    Defect(String),
}

/// Asks the target to do what it has to be able to do.
pub(super) async fn check(context: &Arc<Context>, sanity: Sanity, place: &str) -> Found {
    match once(context, sanity, &format!("{place}/afterwards")).await {
        Found::Broken(..) if !matches!(context.health(), Health::Lost(_)) => {}
        found => return found,
    }
    tokio::time::sleep(SECOND_LOOK).await;
    once(context, sanity, &format!("{place}/afterwards again")).await
}

async fn once(context: &Arc<Context>, sanity: Sanity, place: &str) -> Found {
    if sanity == Sanity::Assumed {
        return Found::Sane;
    }
    let root = context.send(&Request::root()).await;
    let is_owed = matches!(root.answer, Err(NoResponse::Ended(_)));
    if matches!(context.health(), Health::Lost(_)) && !is_owed {
        return Found::Nothing;
    }
    let mismatches = expect::status(&root, &Status::Below500);
    if !mismatches.is_empty() {
        return Found::Broken(named("GET /", mismatches), vec![root]);
    }
    if sanity == Sanity::Answers {
        return Found::Sane;
    }
    // The newcomer serves a later scenario, so that little is paid for in vain.
    let mut world = World::new(Arc::clone(context), place.to_owned());
    let _ = world.own_account("Newcomer").await;
    let (exchanges, stopped) = world.finish();
    let mismatches = match stopped {
        None => return Found::Sane,
        Some(Stopped::Defect(what)) => return Found::Defect(what),
        Some(Stopped::Fault { mismatches, .. }) => mismatches,
        Some(Stopped::Obstacle(obstacle)) if obstacle.mismatches.is_empty() => {
            return Found::Nothing;
        }
        Some(Stopped::Obstacle(obstacle)) => obstacle.mismatches,
    };
    let what = exchanges.last().map_or_else(String::new, |exchange| {
        let path = reqwest::Url::parse(&exchange.request.url)
            .map(|url| url.path().to_owned())
            .unwrap_or_default();
        format!("{} {path} of a newcomer", exchange.request.method)
    });
    Found::Broken(named(&what, mismatches), exchanges)
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
