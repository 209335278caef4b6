//! The listener in front: one small HTTP server that asks an [`Answerer`].

use std::{io, net::Ipv4Addr, sync::Arc};

use bytes::Bytes;
use futures::future::BoxFuture;
use http_body_util::{BodyExt, Limited, combinators::UnsyncBoxBody};
use hyper::{Request, Response, body::Incoming, header, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::{JoinHandle, JoinSet},
};

use super::{Answer, Ask, Wire, wire::Announced};

/// The longest request body that is read: far above anything that the suite sends.
const LONGEST_BODY: usize = 16 << 20;

/// What stands behind a front.
pub trait Answerer: Send + Sync + 'static {
    /// The answer to a request.
    fn answer(self: Arc<Self>, ask: Ask) -> BoxFuture<'static, Answer>;
}

/// A front that is listening. It ends, with all its connections, when this is dropped.
#[derive(Debug)]
pub struct Running {
    /// Where it listens, the path prefix included.
    pub url: String,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Running {
    /// Ends it and waits until it has ended.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        // The task can only have ended by itself or by a panic that was reported already.
        (&mut self.task).await.ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens on a free port of 127.0.0.1.
///
/// # Errors
///
/// When no port can be bound.
pub async fn start(answerer: Arc<dyn Answerer>, wire: Wire) -> io::Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}{}", listener.local_addr()?, wire.prefix);
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(accept(listener, answerer, wire, stopped));
    Ok(Running {
        url,
        stop: Some(stop),
        task,
    })
}

async fn accept(
    listener: TcpListener,
    answerer: Arc<dyn Answerer>,
    wire: Wire,
    mut stopped: oneshot::Receiver<()>,
) {
    // Dropping the set ends what is still going on.
    let mut connections = JoinSet::new();
    let mut number = 0;
    loop {
        tokio::select! {
            _ = &mut stopped => return,
            accepted = listener.accept() => {
                // An error here is one connection's misfortune, or the system's want of
                // descriptors, which passes when others close.
                let Ok((stream, _)) = accepted else {
                    tokio::task::yield_now().await;
                    continue;
                };
                number += 1;
                let connection = serve(stream, number, Arc::clone(&answerer), wire.clone());
                if wire.serial {
                    connection.await;
                } else {
                    connections.spawn(connection);
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, number: u64, answerer: Arc<dyn Answerer>, wire: Wire) {
    stream.set_nodelay(true).ok();
    let mut builder = http1::Builder::new();
    builder
        .title_case_headers(wire.title_case)
        .keep_alive(!wire.close);
    let io = TokioIo::new(Announced::new(stream, &wire));
    let service = service_fn(move |request| {
        let (answerer, wire) = (Arc::clone(&answerer), wire.clone());
        async move { exchange(request, number, answerer, &wire).await }
    });
    // A connection that breaks is the client's to notice.
    builder.serve_connection(io, service).await.ok();
}

type Written = Response<UnsyncBoxBody<Bytes, std::convert::Infallible>>;

async fn exchange(
    request: Request<Incoming>,
    connection: u64,
    answerer: Arc<dyn Answerer>,
    wire: &Wire,
) -> Result<Written, HungUp> {
    let ask = match read(request, wire.prefix).await {
        Ok(ask) => Ask { connection, ..ask },
        Err(refusal) => return Ok(wire.write(refusal)),
    };
    let mut answer = answerer.answer(ask).await;
    if answer.hang_up {
        return Err(HungUp);
    }
    // hyper writes the length of what is sent.
    answer.headers.remove(header::CONTENT_LENGTH);
    Ok(wire.write(answer))
}

async fn read(request: Request<Incoming>, prefix: &str) -> Result<Ask, Answer> {
    let (head, body) = request.into_parts();
    let Some(path) = head
        .uri
        .path()
        .strip_prefix(prefix)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
    else {
        return Err(Answer::page(404));
    };
    let Ok(body) = Limited::new(body, LONGEST_BODY).collect().await else {
        return Err(Answer::page(413));
    };
    Ok(Ask {
        method: head.method,
        path: if path.is_empty() { "/" } else { path }.to_owned(),
        query: head.uri.query().map(ToOwned::to_owned),
        headers: head.headers,
        body: body.to_bytes(),
        connection: 0,
    })
}

/// The decision to close the connection instead of answering.
#[derive(Debug, thiserror::Error)]
#[error("hung up")]
struct HungUp;
