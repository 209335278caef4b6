//! One connection, from its first byte to its last.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use hyper::Request;
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};

use super::pace::{Pace, Patient};
use super::shares::Shares;
use crate::app;
use crate::auth::Auth;
use crate::client::Client;
use crate::http::answer::{Answer, and_close, busy, page};
use crate::http::body::BodyLimits;
use crate::http::head;
use crate::settings::Limits;

/// What all connections of a server share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) auth: Auth,
    pub(super) limits: Limits,
    pub(super) access_log: bool,
    /// Places for requests with a body.
    pub(super) requests: Shares,
}

/// Serves a connection until one side ends it, or `ending` resolves and the request under way is
/// answered.
pub(super) async fn converse<S>(
    stream: S,
    client: Client,
    shared: &Shared,
    ending: impl Future<Output = ()>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let limits = &shared.limits;
    let pace = Arc::new(Pace::default());
    let stream = Patient::new(
        stream,
        Arc::clone(&pace),
        limits.head_time,
        limits.write_time,
    );
    let auth = shared.auth.on_behalf_of(client);
    let service = service_fn(|request| {
        pace.answering();
        let (auth, pace) = (&auth, &pace);
        async move {
            let answer = answer_one(auth, shared, client, request).await;
            pace.answered();
            Ok::<_, Infallible>(answer)
        }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            // A client that has said all it has to say may still wait for its answer.
            .half_close(true)
            .header_read_timeout(limits.idle_time)
            .max_buf_size(limits.head_bytes.max(8 << 10))
            .serve_connection(TokioIo::new(stream), service)
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = ending => {
            // hyper would wait for the first request of a connection that never made one.
            if pace.is_fresh() {
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

async fn answer_one(
    auth: &Auth,
    shared: &Shared,
    client: Client,
    request: Request<Incoming>,
) -> Answer {
    let began = Instant::now();
    // The query is left out: what people put there by mistake is what must not be logged.
    let about = shared
        .access_log
        .then(|| (request.method().clone(), request.uri().path().to_owned()));
    let answer = answer_within_limits(auth, shared, client, request).await;
    if let Some((method, path)) = about {
        let status = answer.status().as_u16();
        let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
        tracing::info!(
            target: "access",
            %method,
            path,
            status,
            milliseconds = format_args!("{milliseconds:.3}"),
        );
    }
    answer
}

async fn answer_within_limits(
    auth: &Auth,
    shared: &Shared,
    client: Client,
    request: Request<Incoming>,
) -> Answer {
    if let Err(error) = head::check(request.version(), request.headers()) {
        return and_close(page(error.status(), &error.to_string()));
    }
    let has_body = !request.body().is_end_stream();
    let place = if has_body {
        match shared.requests.take(client) {
            None => return and_close(busy("1")),
            place => place,
        }
    } else {
        None
    };
    let limits = BodyLimits {
        bytes: shared.limits.body_bytes,
        time: shared.limits.body_time,
    };
    let answer = app::answer(auth, request, limits).await;
    drop(place);
    answer
}
