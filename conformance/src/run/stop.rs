//! Being asked to end.

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// Tells when somebody presses Ctrl-C, closes the terminal, or asks the process to end. It
/// listens from the moment that it is made, so that nothing asked in between is lost.
#[derive(Clone, Debug)]
pub struct StopSignal(watch::Receiver<usize>);

impl StopSignal {
    /// Begins to listen. Must be called inside a runtime.
    pub fn listen() -> Self {
        let (asked, receiver) = watch::channel(0);
        let mut signals = Signals::new();
        tokio::spawn(async move {
            loop {
                signals.next().await;
                asked.send_modify(|times| *times += 1);
            }
        });
        Self(receiver)
    }

    /// One that somebody else asks, by counting up.
    pub fn by_hand() -> (watch::Sender<usize>, Self) {
        let (asked, receiver) = watch::channel(0);
        (asked, Self(receiver))
    }

    /// Ready once the process was asked to end; at once, from then on.
    pub async fn asked(&self) {
        self.asked_more_than(0).await;
    }

    /// Ready once the process is asked to end from now on, be it the first time or not.
    pub async fn asked_again(&self) {
        let before = *self.0.borrow();
        self.asked_more_than(before).await;
    }

    async fn asked_more_than(&self, before: usize) {
        if self
            .0
            .clone()
            .wait_for(|times| *times > before)
            .await
            .is_err()
        {
            // Nobody listens, so nobody will ever be heard.
            std::future::pending::<()>().await;
        }
    }
}

/// The handlers are in place once it is made.
struct Signals(Vec<Signal>);

impl Signals {
    fn new() -> Self {
        let kinds = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
        ];
        Self(
            kinds
                .into_iter()
                .filter_map(|kind| signal(kind).ok())
                .collect(),
        )
    }

    async fn next(&mut self) {
        if self.0.is_empty() {
            std::future::pending::<()>().await;
        }
        let waits = self.0.iter_mut().map(|signal| Box::pin(signal.recv()));
        let _ = futures::future::select_all(waits).await;
    }
}
