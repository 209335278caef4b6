//! The target behind a proxy.
//!
//! Requests go through reqwest, the client library of the project, so that a target behind TLS
//! works too; it is told to follow no redirect, use no proxy and keep no cookie.

use hyper::{HeaderMap, header};
use reqwest::{Client, Url, redirect};

use super::{Request, Response};

/// Why a URL cannot be a target.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// It is no URL, or none of http and https.
    #[error("'{0}' is no http or https URL")]
    Url(String),
    /// The client could not be made.
    #[error("the HTTP client could not be made: {0}")]
    Client(#[from] reqwest::Error),
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

/// A target and the way to it. A clone shares its connections.
#[derive(Clone, Debug)]
pub struct Upstream {
    client: Client,
    base: Url,
}

impl Upstream {
    /// A target at `base`, with or without a path prefix.
    ///
    /// # Errors
    ///
    /// See [`UpstreamError`].
    pub fn new(base: &str) -> Result<Self, UpstreamError> {
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
        Self::with_client(builder.build()?, base)
    }

    /// Another target that is reached through the same client.
    ///
    /// # Errors
    ///
    /// See [`UpstreamError`].
    pub fn sibling(&self, base: &str) -> Result<Self, UpstreamError> {
        Self::with_client(self.client.clone(), base)
    }

    fn with_client(client: Client, base: &str) -> Result<Self, UpstreamError> {
        let url = Url::parse(base)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| UpstreamError::Url(base.to_owned()))?;
        Ok(Self { client, base: url })
    }

    /// Sends a request on and brings the answer back. A target that gives none is a closed
    /// connection to the client as well.
    pub async fn send(&self, request: Request) -> Response {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{}", self.prefix(), request.path));
        url.set_query(request.query.as_deref());
        let mut headers = request.headers;
        strip(&mut headers);
        let mut outgoing = self.client.request(request.method, url).headers(headers);
        if !request.body.is_empty() {
            outgoing = outgoing.body(request.body);
        }
        let Ok(incoming) = outgoing.send().await else {
            return Response::none();
        };
        let status = incoming.status();
        let mut headers = incoming.headers().clone();
        strip(&mut headers);
        let Ok(body) = incoming.bytes().await else {
            return Response::none();
        };
        let mut response = Response {
            status,
            headers,
            body,
            hang_up: false,
        };
        self.localize(&mut response);
        response
    }

    /// Makes a `Location` that names the target name the proxy instead.
    fn localize(&self, response: &mut Response) {
        let local = response
            .headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|location| self.base.join(location).ok())
            .filter(|location| location.origin() == self.base.origin())
            .and_then(|location| {
                let path = location.path().strip_prefix(self.prefix())?;
                let path = if path.is_empty() { "/" } else { path };
                let query = location.query().map(|query| format!("?{query}"));
                path.starts_with('/')
                    .then(|| format!("{path}{}", query.unwrap_or_default()))
            });
        if let Some(local) = local {
            response.set(header::LOCATION, &local);
        }
    }

    fn prefix(&self) -> &str {
        self.base.path().trim_end_matches('/')
    }
}

fn strip(headers: &mut HeaderMap) {
    for name in &OF_THE_CONNECTION {
        headers.remove(name);
    }
}
