//! A command that is started afresh, for an empty store.

use std::time::{Duration, Instant};

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::Url;

use super::{AGAIN, CommandTarget, GRACE, address, process::Process};
use crate::target::{FreshStart, StartError};

/// How long a fresh start may fail before there is none: a port that is let go late, a lock that
/// goes stale. What cannot be started twice in a row is judged by all that needs no second start.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often to start it again meanwhile.
const RELAUNCH: Duration = Duration::from_millis(500);

impl FreshStart for CommandTarget {
    fn fresh(&self) -> BoxFuture<'_, Result<Url, String>> {
        self.restarted().boxed()
    }

    fn was_ended(&self) -> BoxFuture<'_, Option<String>> {
        async { self.running.lock().await.as_ref()?.was_ended() }.boxed()
    }

    fn has_ended(&self) -> BoxFuture<'_, Option<String>> {
        async {
            let ended = self.running.lock().await.as_mut()?.has_ended();
            ended.map(|status| status.to_string())
        }
        .boxed()
    }
}

impl CommandTarget {
    /// Stops what runs, and starts it again.
    async fn restarted(&self) -> Result<Url, String> {
        let mut running = self.running.lock().await;
        if let Some(process) = running.take() {
            process.stop(GRACE).await;
        }
        let until = Instant::now() + PATIENCE;
        // A server that does not let go of its port at once is given time.
        while address::occupied(&self.candidates).await.is_some() {
            if Instant::now() >= until {
                return Err("its port was not free again after it was stopped".to_owned());
            }
            tokio::time::sleep(AGAIN).await;
        }
        let (process, base) = self
            .launch_again()
            .await
            .map_err(|error| error.to_string())?;
        *running = Some(process);
        Ok(base)
    }

    /// Starts it, and again where it ends at once.
    async fn launch_again(&self) -> Result<(Process, Url), StartError> {
        let until = Instant::now() + PATIENCE;
        // It should take about as long as the first time.
        let wait = self.spec.wait.min(self.took * 3 + PATIENCE);
        loop {
            match self.launch(wait).await {
                Err(StartError::Ended { .. }) if Instant::now() < until => {
                    tokio::time::sleep(RELAUNCH).await;
                }
                launched => return launched,
            }
        }
    }
}
