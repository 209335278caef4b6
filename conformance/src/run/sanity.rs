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

/// How the target was before anything that may do it harm.
pub(super) struct Before {
    /// Whether it was able to do what it is asked for afterwards. If not, nothing that follows is
    /// to blame for it.
    pub(super) sane: bool,
    /// What it answers below 500, and costs no hash.
    look: Request,
}

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

/// Finds out how the target is before the bad input; the runner's fault where it came to one.
pub(super) async fn before(
    context: &Arc<Context>,
    sanity: Sanity,
    place: &str,
) -> (Before, Option<String>) {
    let place = format!("{place}/before");
    let mut before = Before {
        sane: true,
        look: Request::root(),
    };
    let found = check(context, Sanity::Registers, &before, &place).await;
    before.sane = matches!(found, Found::Sane);
    // What looks so comes before all else that looks: nothing else pays for it.
    if before.sane
        && sanity == Sanity::Answers
        && let Some(session) = a_session(context, &place).await
    {
        let profile = Request::profile(&session);
        let answer = context.send(&profile).await.answer;
        if answer.is_ok_and(|answer| Status::Below500.accepts(answer.status)) {
            before.look = profile;
        }
    }
    let defect = match found {
        Found::Defect(what) => Some(what),
        _ => None,
    };
    (before, defect)
}

/// A session that was opened in this run, or one that is opened now.
async fn a_session(context: &Arc<Context>, place: &str) -> Option<String> {
    if let Some(session) = context.accounts.a_session() {
        return Some(session);
    }
    let mut world = World::new(Arc::clone(context), place.to_owned());
    let _ = world.session("Newcomer").await;
    // What it has come to is told by the account that it hands on.
    world.finish();
    context.accounts.a_session()
}

/// Asks the target to do what it has to be able to do.
pub(super) async fn check(
    context: &Arc<Context>,
    sanity: Sanity,
    before: &Before,
    place: &str,
) -> Found {
    match once(context, sanity, before, &format!("{place}/afterwards")).await {
        Found::Broken(..) if !matches!(context.health(), Health::Lost(_)) => {}
        found => return found,
    }
    tokio::time::sleep(SECOND_LOOK).await;
    once(
        context,
        sanity,
        before,
        &format!("{place}/afterwards again"),
    )
    .await
}

async fn once(context: &Arc<Context>, sanity: Sanity, before: &Before, place: &str) -> Found {
    let root = Request::root();
    let (what, request) = match sanity {
        Sanity::Assumed => return Found::Sane,
        Sanity::Answers => ("a look at the target", &before.look),
        Sanity::Registers => ("GET /", &root),
    };
    let looked = context.send(request).await;
    let is_owed = matches!(looked.answer, Err(NoResponse::Ended(_)));
    if matches!(context.health(), Health::Lost(_)) && !is_owed {
        return Found::Nothing;
    }
    let mismatches = expect::status(&looked, &Status::Below500);
    if !mismatches.is_empty() {
        return Found::Broken(named(what, mismatches), vec![looked]);
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
