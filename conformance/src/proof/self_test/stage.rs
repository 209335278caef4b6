//! A subject on its feet: started in front of a target, and started afresh as often as the suite
//! asks for an empty store.

use std::sync::Arc;

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::Url;
use tokio::sync::Mutex;

use super::Subject;
use crate::{
    proof::proxy::{Running, Upstream},
    target::{FreshStart, Target, base_url},
};

/// Starts a subject in front of `upstream`, and afresh in front of another reference server where
/// `again` says so.
pub(super) async fn start(
    subject: &Subject,
    upstream: &Upstream,
    again: bool,
) -> Result<(Running, Target), String> {
    let running = subject.start(upstream.clone()).await?;
    let mut target = Target::at(base_url(&running.url)?);
    target.fresh = again.then(|| {
        Arc::new(Afresh {
            subject: subject.clone(),
            running: Mutex::new(None),
        }) as Arc<dyn FreshStart>
    });
    Ok((running, target))
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
