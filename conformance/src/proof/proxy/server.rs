//! The listener of a proxy: one small HTTP server before a target.

use std::{io, net::Ipv4Addr, sync::Arc};

use http_body_util::{BodyExt, Limited};
use hyper::{body::Incoming, header, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

use super::{
    Middleware, Request, Response, Tracked, Upstream,
    middleware::Proxy,
    transport::{Announced, Written},
};

/// The longest request body that is read: far above anything that the suite sends.
const LONGEST_BODY: usize = 16 << 20;

/// A server that is listening. It ends, with all its connections, when this is dropped.
#[derive(Debug)]
pub struct Running {
    /// Where it listens, the path prefix included.
    pub url: String,
    task: JoinHandle<()>,
}

impl Running {
    /// Ends it and waits until it has ended.
    pub async fn stop(mut self) {
        self.task.abort();
        // It has been ended, or has ended by a panic that was reported already.
        (&mut self.task).await.ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts a proxy on a free port of 127.0.0.1 that shows `middleware` in front of `upstream`.
///
/// # Errors
///
/// When no port can be bound.
pub async fn before(upstream: Upstream, middleware: Middleware) -> io::Result<Running> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let prefix = middleware.transport.prefix;
    let url = format!("http://{}{prefix}", listener.local_addr()?);
    let proxy = Proxy {
        middleware,
        upstream: Arc::new(Tracked::new(upstream)),
    };
    let task = tokio::spawn(accept(listener, Arc::new(proxy)));
    Ok(Running { url, task })
}

async fn accept(listener: TcpListener, proxy: Arc<Proxy>) {
    // Dropping the set ends what is still going on.
    let mut connections = JoinSet::new();
    let mut number = 0;
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // An error here is one connection's misfortune, or the system's want of
                // descriptors, which passes when others close.
                let Ok((stream, _)) = accepted else {
                    tokio::task::yield_now().await;
                    continue;
                };
                number += 1;
                let connection = serve(stream, number, Arc::clone(&proxy));
                if proxy.middleware.transport.serial {
                    connection.await;
                } else {
                    connections.spawn(connection);
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, number: u64, proxy: Arc<Proxy>) {
    stream.set_nodelay(true).ok();
    let transport = &proxy.middleware.transport;
    let mut builder = http1::Builder::new();
    builder
        .title_case_headers(transport.title_case)
        .keep_alive(!transport.close);
    let io = TokioIo::new(Announced {
        inner: stream,
        interim: transport.interim.unwrap_or_default().as_bytes(),
        most: if transport.byte_by_byte {
            1
        } else {
            usize::MAX
        },
    });
    let response = service_fn(|incoming| exchange(incoming, number, &proxy));
    // A connection that breaks is the client's to notice.
    builder.serve_connection(io, response).await.ok();
}

/// The answer, or an error where the connection is closed instead.
async fn exchange(
    incoming: hyper::Request<Incoming>,
    connection: u64,
    proxy: &Proxy,
) -> Result<Written, &'static str> {
    let transport = &proxy.middleware.transport;
    let mut response = match read(incoming, connection, transport.prefix).await {
        Ok(request) => proxy.response(request).await,
        Err(refusal) => refusal,
    };
    if response.hang_up {
        return Err("hung up");
    }
    // hyper writes the length of what is sent.
    response.headers.remove(header::CONTENT_LENGTH);
    Ok(transport.write(response))
}

async fn read(
    incoming: hyper::Request<Incoming>,
    connection: u64,
    prefix: &str,
) -> Result<Request, Response> {
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
        connection,
    })
}
