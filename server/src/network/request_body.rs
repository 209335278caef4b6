//! A request's body on its way in: it holds a slot while it arrives, and tells the timeout stream
//! when it is complete.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};

use super::limit::Slot;
use super::timeout_stream::Phase;
use crate::http::body::BodyError;

/// The body of one request.
#[derive(Debug)]
pub(super) struct RequestBody {
    incoming: Incoming,
    phase: Arc<Phase>,
    /// `None` for a request without a body, or whose body has been read.
    slot: Option<Slot>,
}

impl RequestBody {
    pub(super) fn new(incoming: Incoming, phase: Arc<Phase>, slot: Option<Slot>) -> Self {
        Self {
            incoming,
            phase,
            slot,
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let Some(slot) = &mut self.slot else {
            return Poll::Ready(None);
        };
        if slot.poll_wanted_back(cx).is_ready() {
            return Poll::Ready(Some(Err(BodyError::GaveWay)));
        }
        let frame = ready!(Pin::new(&mut self.incoming).poll_frame(cx));
        if frame.is_none() {
            self.slot = None;
            self.phase.body_ended();
        }
        Poll::Ready(frame.map(|frame| frame.map_err(|_| BodyError::Broken)))
    }

    fn is_end_stream(&self) -> bool {
        self.slot.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
