//! One run of the suite against one subject.

use std::{
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{FutureExt as _, StreamExt as _, future::BoxFuture};
use reqwest::Url;
use tokio::sync::Mutex;

use super::{Base, Extent, Kind, Subject};
use crate::{
    proof::{
        proxy::{Request, Running, Upstream},
        subject::Past,
    },
    run::{self, EngineSettings, Run, Silent},
    scenario::Names,
    suite::Catalogue,
    target::{FreshStart, Target, base_url},
};

/// The pause for subjects that take offence at haste: what a foreign target gets by default.
const PAUSE: Duration = Duration::from_millis(10);

/// How often to look whether the trials are to stop.
const STOP: Duration = Duration::from_millis(100);

/// The cases that a subject is judged by.
fn selected(subject: &Subject, catalogue: &Catalogue, extent: Extent) -> Vec<usize> {
    let whole = extent == Extent::Whole || subject.kind != Kind::Fault;
    let due = catalogue
        .cases
        .iter()
        .filter(|case| whole || subject.is_about(&case.requirement));
    due.map(|case| case.number).collect()
}

/// Runs what a subject is judged by against it, on a start of its own, whatever has to happen to its
/// target before.
pub(super) async fn judge(
    subject: &Subject,
    catalogue: &Catalogue,
    extent: Extent,
    base: &Base,
    settings: &EngineSettings,
    stop: &AtomicBool,
) -> Result<Run, String> {
    let own = matches!(base, Base::Reference) && subject.kind != Kind::NullServer;
    let upstream = match base {
        _ if own => Upstream::reference(),
        // A null server asks nobody.
        Base::Reference => Upstream::new("http://localhost.invalid"),
        Base::Url(url) => Upstream::new(url),
    };
    let upstream = upstream.map_err(|error| error.to_string())?;
    let running = subject.start(upstream.clone()).await?;
    let mut target = Target::at(base_url(&running.url)?);
    if own {
        target.fresh = Some(Arc::new(Afresh {
            subject: subject.clone(),
            running: Mutex::default(),
        }));
    }
    let selected = selected(subject, catalogue, extent);
    let judge = async |target: &Target, seed: u64| {
        let mut settings = EngineSettings {
            seed,
            strict: true,
            // What a null server passes is for the whole run to say.
            verdicts_only: subject.kind == Kind::Fault,
            ..settings.clone()
        };
        if subject.middleware.is_timing_sensitive {
            settings.client.pause = settings.client.pause.max(PAUSE);
        }
        run::run(
            catalogue,
            &selected,
            target,
            &settings,
            Rc::new(Silent),
            becomes_true(stop),
        )
        .await
        .map_err(|error| error.to_string())
    };
    match subject.past {
        Past::Fresh => {}
        Past::Judged => {
            judge(&target, Names::random_seed()).await?;
        }
        Past::Populated(users) => {
            let populated = tokio::time::timeout(settings.deadline, populate(&upstream, users));
            let limit = humantime::format_duration(settings.deadline);
            let late = format!("the target did not take {users} users within {limit}");
            tokio::select! {
                populated = populated => populated.map_err(|_| late)?,
                () = becomes_true(stop) => return Err("it was stopped".to_owned()),
            }
        }
    }
    let run = judge(&target, settings.seed).await;
    running.stop().await;
    run
}

/// Ready soon after `stop` has become true.
async fn becomes_true(stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(STOP).await;
    }
}

/// Registers users straight at the target, a few at once.
async fn populate(upstream: &Upstream, users: usize) {
    let run = uuid::Uuid::new_v4().simple().to_string();
    futures::stream::iter(0..users)
        .for_each_concurrent(4, |number| {
            let email = format!("user.{number}.{run}@example.com");
            let fields = [("email", email.as_str()), ("password", "populated")];
            let request = Request::form(hyper::Method::POST, "/users", &fields);
            async move {
                upstream.send(request).await;
            }
        })
        .await;
}

/// Starts one subject again and again, each time in front of a reference server with an empty
/// store. The one that was started first goes on beside it.
#[derive(Debug)]
struct Afresh {
    subject: Subject,
    running: Mutex<Option<Running>>,
}

impl FreshStart for Afresh {
    fn fresh(&self) -> BoxFuture<'_, Result<Url, String>> {
        async {
            let mut running = self.running.lock().await;
            if let Some(running) = running.take() {
                running.stop().await;
            }
            let upstream = Upstream::reference().map_err(|error| error.to_string())?;
            let again = self.subject.start(upstream).await?;
            let base = base_url(&again.url)?;
            *running = Some(again);
            Ok(base)
        }
        .boxed()
    }
}
