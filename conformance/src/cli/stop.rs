//! Being asked to end.

use tokio::sync::watch;

/// Tells when somebody presses Ctrl-C, closes the terminal, or asks the process to end. It
/// listens from the moment that it is made, so that nothing asked in between is lost.
#[derive(Clone, Debug)]
pub(super) struct StopSignal(watch::Receiver<bool>);

impl StopSignal {
    /// Begins to listen. Must be called inside a runtime.
    pub(super) fn listen() -> Self {
        let (asked, receiver) = watch::channel(false);
        let wish = signal();
        tokio::spawn(async move {
            wish.await;
            asked.send_replace(true);
            // Kept, so that the wish is never forgotten.
            std::future::pending::<()>().await;
        });
        Self(receiver)
    }

    /// Ready once the process was asked to end; at once, from then on.
    pub(super) async fn asked(&self) {
        if self.0.clone().wait_for(|asked| *asked).await.is_err() {
            // Nobody listens, so nobody will ever be heard.
            std::future::pending::<()>().await;
        }
    }
}

/// The handlers are in place when this returns; what it returns is ready with the first signal.
#[cfg(unix)]
fn signal() -> impl Future<Output = ()> + use<> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [
        SignalKind::interrupt(),
        SignalKind::terminate(),
        SignalKind::hangup(),
    ]
    .map(|kind| signal(kind).ok());
    async move {
        let waits: Vec<_> = signals
            .into_iter()
            .flatten()
            .map(|mut signal| Box::pin(async move { signal.recv().await }))
            .collect();
        if waits.is_empty() {
            std::future::pending::<()>().await;
        }
        let _ = futures::future::select_all(waits).await;
    }
}

#[cfg(not(unix))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
