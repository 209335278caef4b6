//! What keeps the service alive in a hostile network: it accepts connections, bounds them, shares
//! what there is between the peers, and ends cleanly. What the service does is none of its business.

mod connection;
mod fair_queue;
pub(crate) mod hash_pool;
mod head;
mod limit;
pub(crate) mod peer;
mod request_body;
mod timeout_stream;

use std::io::{self, ErrorKind};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use connection::{Shared, serve_connection};
use limit::{Limit, Slot};
use peer::Peer;

use crate::app;
use crate::auth::{Auth, OpenAuthError};
use crate::http::answer::Answer;
use crate::settings::Settings;

/// Why a server does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The cost is none that bcrypt has.
    #[error("a bcrypt cost of {0} is not between 4 and 31")]
    BcryptCost(u32),
    /// The users cannot be reached.
    #[error(transparent)]
    Open(#[from] OpenAuthError),
}

/// Serves on the listener until `shutdown` resolves. Requests under way are finished then, within
/// [`Limits::end_time`](crate::Limits::end_time), and everything is on the disk when it returns.
///
/// Many servers may run in one process; one in memory costs about a millisecond to start.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use authspec_server::{Settings, serve};
///
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
/// let shutdown = async { /* until it is time */ };
/// serve(listener, Settings::default(), shutdown).await?;
/// # Ok(()) }
/// ```
pub async fn serve(
    listener: TcpListener,
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    Server::open(settings)?.run(listener, shutdown).await;
    Ok(())
}

/// A server whose store is open: from here on it can only succeed.
#[derive(Debug)]
pub struct Server {
    shared: Arc<Shared>,
}

impl Server {
    /// Opens the store, which may take a while: a large file that is to be verified is read.
    pub fn open(settings: Settings) -> Result<Self, ServeError> {
        if !(4..=31).contains(&settings.bcrypt_cost) {
            return Err(ServeError::BcryptCost(settings.bcrypt_cost));
        }
        Ok(Self::of(Auth::open(&settings)?, settings))
    }

    /// A server of users who are there already; the store that the settings name is left alone.
    pub fn of(auth: Auth, settings: Settings) -> Self {
        let shared = Shared {
            auth,
            bodies: Limit::new(settings.limits.bodies),
            access_log: settings.access_log,
            limits: settings.limits,
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Answers a request that came in another way than on a connection. All that protects a
    /// connection is left to whoever brings it.
    pub async fn answer(&self, request: Request<Bytes>) -> Answer {
        let (head, body) = request.into_parts();
        let body = Full::new(body).map_err(|never| match never {});
        app::answer(&self.shared.auth, &head, body, self.shared.body_limits()).await
    }

    /// Serves one connection over whatever carries bytes, until one side ends it.
    pub async fn serve_connection<S>(&self, stream: S, peer: Peer)
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        serve_connection(stream, peer, &self.shared, std::future::pending()).await;
    }

    /// Serves until `shutdown` resolves, as [`serve`] does.
    pub async fn run(self, listener: TcpListener, shutdown: impl Future<Output = ()> + Send) {
        let shared = self.shared;
        let limit = Limit::new(shared.limits.connections);
        let end_time = shared.limits.end_time;
        let mut connections = JoinSet::new();
        let mut shutdown = pin!(shutdown);
        loop {
            tokio::select! {
                () = shutdown.as_mut() => break,
                Some(_) = connections.join_next() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, address)) => {
                        let peer = Peer::from(address.ip());
                        match limit.take(peer) {
                            Some(slot) => {
                                let shared = Arc::clone(&shared);
                                connections.spawn(attend(stream, peer, shared, slot));
                            }
                            None => turn_away(&stream),
                        }
                    }
                    Err(error) => pause_after(&error).await,
                },
            }
        }
        drop(listener);
        limit.end();
        let all = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(end_time, all).await.is_err() {
            tracing::warn!(
                connections = connections.len(),
                "requests were given up at the end"
            );
        }
        connections.shutdown().await;
        if let Some(shared) = Arc::into_inner(shared) {
            shared.auth.close().await;
        }
    }
}

/// Serves a connection that was accepted, for as long as it may have its slot.
async fn attend(stream: TcpStream, peer: Peer, shared: Arc<Shared>, mut slot: Slot) {
    // Answers are small and whole; waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    serve_connection(stream, peer, &shared, slot.wanted_back()).await;
}

/// Tells a client that there is no slot for it, without waiting for it.
fn turn_away(stream: &TcpStream) {
    const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\n\
        connection: close\r\ncontent-length: 0\r\n\r\n";
    let _ = stream.try_write(ANSWER);
}

/// After an error of accepting: most are about one connection that is gone, and the next one can
/// be accepted at once. Without file descriptors or memory the next try would fail as this one,
/// until somebody leaves.
async fn pause_after(error: &io::Error) {
    let is_about_one = matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused
    );
    if !is_about_one {
        tracing::warn!(%error, "no connection can be accepted for the moment");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
