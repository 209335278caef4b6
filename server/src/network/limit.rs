//! The connection limit, and whatever else is limited in number and shared fairly between peers.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use super::fair_queue::FairQueue;
use super::peer::Peer;

/// A number of slots. When all are taken, the peer that has most gives its newest one up to
/// another.
#[derive(Clone, Debug)]
pub(super) struct Limit(Arc<Mutex<FairQueue<oneshot::Sender<()>>>>);

/// A slot, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Slot {
    limit: Limit,
    peer: Peer,
    number: u64,
    wanted_back: oneshot::Receiver<()>,
}

/// Why a slot has to be given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Another peer is to have it, now.
    ForAnother,
    /// The server ends, once what is under way is done.
    OfServer,
}

impl Limit {
    pub(super) fn new(slots: usize) -> Self {
        Self(Arc::new(Mutex::new(FairQueue::new(slots))))
    }

    /// A slot for the peer, unless all are taken and nobody has more than it has.
    pub(super) fn take(&self, peer: Peer) -> Option<Slot> {
        let (held, wanted_back) = oneshot::channel();
        let (number, _) = self.slots().push(peer, held).ok()?;
        Some(Slot {
            limit: self.clone(),
            peer,
            number,
            wanted_back,
        })
    }

    /// Asks for all slots back, since the server ends.
    pub(super) fn end(&self) {
        let held: Vec<_> = std::iter::from_fn(|| self.slots().pop()).collect();
        for slot in held {
            let _ = slot.send(());
        }
    }

    fn slots(&self) -> MutexGuard<'_, FairQueue<oneshot::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// Ready when the slot has to be given up to somebody else.
    pub(super) fn poll_wanted_back(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.wanted_back.is_terminated() {
            return Poll::Ready(());
        }
        Pin::new(&mut self.wanted_back).poll(cx).map(drop)
    }

    /// Resolves when the slot has to be given up, and says for what.
    pub(super) async fn wanted_back(&mut self) -> Ending {
        match (&mut self.wanted_back).await {
            Ok(()) => Ending::OfServer,
            Err(_) => Ending::ForAnother,
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.limit.slots().remove(self.peer, self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn peer(number: u8) -> Peer {
        Peer::from(IpAddr::from([10, 0, 0, number]))
    }

    #[tokio::test]
    async fn who_has_most_gives_its_newest_slot_up() {
        let limit = Limit::new(3);
        let mut held = [(); 3].map(|()| limit.take(peer(1)).unwrap());
        assert!(limit.take(peer(1)).is_none());
        let _other = limit.take(peer(2)).unwrap();
        assert_eq!(held[2].wanted_back().await, Ending::ForAnother);
        let mut cx = Context::from_waker(std::task::Waker::noop());
        assert!(held[1].poll_wanted_back(&mut cx).is_pending());
        drop(held);
        assert!(
            [(); 2]
                .map(|()| limit.take(peer(3)))
                .iter()
                .all(Option::is_some)
        );
    }
}
