//! A subject that is started afresh as often as the suite asks for an empty store.

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::Url;
use tokio::sync::Mutex;

use super::Subject;
use crate::{
    proof::proxy::{Running, Upstream},
    target::{FreshStart, base_url},
};

/// Starts one subject again and again, each time in front of a reference server with an empty
/// store. The one that was started first goes on beside it.
#[derive(Debug)]
pub(super) struct Afresh {
    pub(super) subject: Subject,
    pub(super) running: Mutex<Option<Running>>,
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
