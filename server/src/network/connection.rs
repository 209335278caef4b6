//! One connection, from its first byte to its last.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use hyper::Request;
use hyper::body::{Body, Incoming};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_io_timeout::TimeoutStream as WriteTimeoutStream;

use super::head;
use super::limit::{Ending, Limit};
use super::peer::Peer;
use super::request_body::RequestBody;
use super::timeout_stream::{Phase, ReadTimes, TimeoutStream};
use crate::app;
use crate::auth::Auth;
use crate::http::answer::{Answer, and_close, busy, page};
use crate::http::body::BodyLimits;
use crate::settings::Limits;

/// What all connections of a server share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) auth: Auth,
    pub(super) limits: Limits,
    pub(super) access_log: bool,
    /// Slots for bodies that are arriving.
    pub(super) bodies: Limit,
}

impl Shared {
    pub(super) fn body_limits(&self) -> BodyLimits {
        BodyLimits {
            bytes: self.limits.body_bytes,
            time: self.limits.body_time,
        }
    }
}

/// Serves a connection until one side ends it or `ending` resolves; at the end of the server, the
/// request under way is answered first.
pub(super) async fn serve_connection<S>(
    stream: S,
    peer: Peer,
    shared: &Shared,
    ending: impl Future<Output = Ending>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let limits = &shared.limits;
    let phase = Arc::new(Phase::default());
    let mut stream = WriteTimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_time));
    let times = ReadTimes {
        head: limits.head_time,
        idle: limits.idle_time,
        half_closed: limits.half_closed_time,
    };
    let stream = TimeoutStream::new(Box::pin(stream), Arc::clone(&phase), times);
    let auth = shared.auth.on_behalf_of(peer);
    let service = service_fn(|request: Request<Incoming>| {
        phase.head_ended(!request.body().is_end_stream());
        answer(&auth, shared, peer, &phase, request)
    });
    let mut connection = pin!(
        http1::Builder::new()
            .max_buf_size(limits.head_bytes.max(8 << 10))
            .serve_connection(TokioIo::new(stream), service)
    );
    let ended = tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        ending = ending => {
            // hyper would wait for the first request of a connection that never made one.
            if ending == Ending::ForAnother || phase.is_fresh() {
                return;
            }
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}

async fn answer(
    auth: &Auth,
    shared: &Shared,
    peer: Peer,
    phase: &Arc<Phase>,
    request: Request<Incoming>,
) -> Result<Answer, Infallible> {
    let (head, incoming) = request.into_parts();
    let log = shared.access_log.then(|| AccessLog::new(&head));
    let answer = match admit(shared, peer, phase, &head, incoming) {
        Ok(body) => app::answer(auth, &head, body, shared.body_limits()).await,
        Err(refusal) => and_close(*refusal),
    };
    if let Some(log) = log {
        log.write(&answer);
    }
    phase.answered();
    Ok(answer)
}

/// The request's body, if its head is in order and there is a slot for the body.
fn admit(
    shared: &Shared,
    peer: Peer,
    phase: &Arc<Phase>,
    head: &Parts,
    body: Incoming,
) -> Result<RequestBody, Box<Answer>> {
    let has_body = !body.is_end_stream();
    head::check(head.version, &head.headers, has_body)
        .map_err(|error| page(error.status(), &error.to_string()))?;
    let slot = if has_body {
        Some(shared.bodies.take(peer).ok_or_else(|| busy("1"))?)
    } else {
        None
    };
    Ok(RequestBody::new(body, Arc::clone(phase), slot))
}

/// A line of the access log in the making.
struct AccessLog {
    began: Instant,
    method: hyper::Method,
    path: String,
}

impl AccessLog {
    fn new(head: &Parts) -> Self {
        Self {
            began: Instant::now(),
            method: head.method.clone(),
            // Without the query: what people put there by mistake is what must not be logged.
            path: head.uri.path().to_owned(),
        }
    }

    fn write(&self, answer: &Answer) {
        let milliseconds = self.began.elapsed().as_secs_f64() * 1000.0;
        tracing::info!(
            target: "access",
            method = %self.method,
            path = self.path,
            status = answer.status().as_u16(),
            milliseconds = format_args!("{milliseconds:.3}"),
        );
    }
}
