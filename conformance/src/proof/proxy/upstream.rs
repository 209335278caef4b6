//! What is behind a proxy: a target, or the reference server without a network between.
//!
//! Requests to a target go through reqwest, the client library of the project, so that one behind
//! TLS works too; it is told to follow no redirect, use no proxy and keep no cookie.

use std::sync::Arc;

use authspec_server::{Auth, OpenAuthError, Server, Settings};
use http_body_util::BodyExt as _;
use hyper::{HeaderMap, header};
use reqwest::{Client, Url, redirect};

use super::{Request, Response, digests::Digests};

/// Why there is nothing behind a proxy.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// It is no URL, or none of http and https.
    #[error("'{0}' is no http or https URL")]
    Url(String),
    /// The client could not be made.
    #[error("the HTTP client could not be made: {0}")]
    Client(#[from] reqwest::Error),
    /// The reference server has no store.
    #[error("the reference server cannot open its store: {0}")]
    Store(#[from] OpenAuthError),
}

/// Headers that belong to one connection (RFC 9110, section 7.6.1) or that are written anew.
const OF_THE_CONNECTION: [header::HeaderName; 8] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::HOST,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::PROXY_AUTHENTICATE,
];

/// What is behind a proxy, and the way to it. A clone shares connections and users.
#[derive(Clone, Debug)]
pub enum Upstream {
    /// A target at this base, asked by this client.
    Target(Client, Url),
    /// A reference server whose handlers are called.
    Reference(Arc<Server>),
}

impl Upstream {
    /// A target at `base`, with or without a path prefix.
    ///
    /// # Errors
    ///
    /// See [`UpstreamError`].
    pub fn new(base: &str) -> Result<Self, UpstreamError> {
        let url = Url::parse(base)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| UpstreamError::Url(base.to_owned()))?;
        // Fails only when a provider is installed already, which is as good.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let mut builder = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy();
        if base.starts_with("http://") {
            // No certificate will be met, and those of the machine take long to read.
            builder = builder.tls_certs_only([]);
        }
        let client = builder.build()?;
        Ok(Self::Target(client, url))
    }

    /// A reference server of its own with an empty store, whose handlers are called: two fifths
    /// of a self-test's time would go into a second connection and into bcrypt, and no client of the
    /// proxy sees either.
    ///
    /// # Errors
    ///
    /// See [`UpstreamError`].
    pub fn reference() -> Result<Self, UpstreamError> {
        let settings = Settings::default();
        let auth = Auth::open(&settings)?.with_passwords(Arc::new(Digests));
        Ok(Self::Reference(Arc::new(Server::of(auth, settings))))
    }

    /// Sends a request on and brings the answer back. A target that gives none is a closed
    /// connection to the client as well.
    pub async fn send(&self, mut request: Request) -> Response {
        strip(&mut request.headers);
        let mut response = match self {
            Self::Target(client, base) => by_network(client, base, request)
                .await
                .unwrap_or_else(|_| Response::none()),
            Self::Reference(server) => by_call(server, request).await,
        };
        strip(&mut response.headers);
        response
    }
}

async fn by_network(
    client: &Client,
    base: &Url,
    request: Request,
) -> Result<Response, reqwest::Error> {
    let mut url = base.clone();
    url.set_path(&format!("{}{}", prefix(base), request.path));
    url.set_query(request.query.as_deref());
    let mut outgoing = client.request(request.method, url).headers(request.headers);
    if !request.body.is_empty() {
        outgoing = outgoing.body(request.body);
    }
    let incoming = outgoing.send().await?;
    let mut response = Response {
        status: incoming.status(),
        headers: incoming.headers().clone(),
        body: incoming.bytes().await?,
        hang_up: false,
    };
    localize(base, &mut response);
    Ok(response)
}

async fn by_call(server: &Server, request: Request) -> Response {
    let query = request.query.map(|query| format!("?{query}"));
    let mut call = hyper::Request::new(request.body);
    *call.method_mut() = request.method;
    // It was the path and the query of a request that hyper could read.
    *call.uri_mut() = format!("{}{}", request.path, query.unwrap_or_default())
        .parse()
        .unwrap_or_default();
    *call.headers_mut() = request.headers;
    let (head, body) = server.answer(call).await.into_parts();
    let Ok(body) = body.collect().await;
    Response {
        status: head.status,
        headers: head.headers,
        body: body.to_bytes(),
        hang_up: false,
    }
}

/// Makes a `Location` that names the target name the proxy instead.
fn localize(base: &Url, response: &mut Response) {
    let local = response
        .headers
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|location| base.join(location).ok())
        .filter(|location| location.origin() == base.origin())
        .and_then(|location| {
            let path = location.path().strip_prefix(prefix(base))?;
            let path = if path.is_empty() { "/" } else { path };
            let query = location.query().map(|query| format!("?{query}"));
            path.starts_with('/')
                .then(|| format!("{path}{}", query.unwrap_or_default()))
        });
    if let Some(local) = local {
        response.set(header::LOCATION, &local);
    }
}

fn prefix(base: &Url) -> &str {
    base.path().trim_end_matches('/')
}

fn strip(headers: &mut HeaderMap) {
    for name in &OF_THE_CONNECTION {
        headers.remove(name);
    }
}
