//! The listener of a proxy: one small HTTP server before a `Service`.

use std::{io, net::Ipv4Addr, sync::Arc};

use bytes::Bytes;
use futures::future::BoxFuture;
use http_body_util::{BodyExt, Limited, combinators::UnsyncBoxBody};
use hyper::{body::Incoming, header, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::{JoinHandle, JoinSet},
};

use super::{Request, Response, Transport, transport::Announced};

/// The longest request body that is read: far above anything that the suite sends.
const LONGEST_BODY: usize = 16 << 20;

/// What responds to the requests that a server receives.
pub trait Service: Send + Sync + 'static {
    /// The answer to a request.
    fn response(self: Arc<Self>, request: Request) -> BoxFuture<'static, Response>;
}

/// A server that is listening. It ends, with all its connections, when this is dropped.
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
pub async fn start(service: Arc<dyn Service>, transport: Transport) -> io::Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}{}", listener.local_addr()?, transport.prefix);
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(accept(listener, service, transport, stopped));
    Ok(Running {
        url,
        stop: Some(stop),
        task,
    })
}

async fn accept(
    listener: TcpListener,
    service: Arc<dyn Service>,
    transport: Transport,
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
                let connection = serve(stream, number, Arc::clone(&service), transport.clone());
                if transport.serial {
                    connection.await;
                } else {
                    connections.spawn(connection);
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, number: u64, service: Arc<dyn Service>, transport: Transport) {
    stream.set_nodelay(true).ok();
    let mut builder = http1::Builder::new();
    builder
        .title_case_headers(transport.title_case)
        .keep_alive(!transport.close);
    let io = TokioIo::new(Announced::new(stream, &transport));
    let response = service_fn(move |incoming| {
        let (service, transport) = (Arc::clone(&service), transport.clone());
        async move { exchange(incoming, number, service, &transport).await }
    });
    // A connection that breaks is the client's to notice.
    builder.serve_connection(io, response).await.ok();
}

type Written = hyper::Response<UnsyncBoxBody<Bytes, std::convert::Infallible>>;

async fn exchange(
    incoming: hyper::Request<Incoming>,
    connection: u64,
    service: Arc<dyn Service>,
    transport: &Transport,
) -> Result<Written, HungUp> {
    let request = match read(incoming, transport.prefix).await {
        Ok(request) => Request {
            connection,
            ..request
        },
        Err(refusal) => return Ok(transport.write(refusal)),
    };
    let mut response = service.response(request).await;
    if response.hang_up {
        return Err(HungUp);
    }
    // hyper writes the length of what is sent.
    response.headers.remove(header::CONTENT_LENGTH);
    Ok(transport.write(response))
}

async fn read(incoming: hyper::Request<Incoming>, prefix: &str) -> Result<Request, Response> {
    let (head, body) = incoming.into_parts();
    let Some(path) = head
        .uri
        .path()
        .strip_prefix(prefix)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
    else {
        return Err(Response::page(404));
    };
    let Ok(body) = Limited::new(body, LONGEST_BODY).collect().await else {
        return Err(Response::page(413));
    };
    Ok(Request {
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
