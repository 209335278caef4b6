//! The one HTTP client: it hides nothing. No cookie jar, no redirect, no decompression behind
//! our back, no proxy, and no connection that is used twice unless a request is about just that,
//! so that a target sees each request as curl would send it. Sizes and times are bounded, because
//! targets may be hostile.

mod body;
mod build;
mod counts;
mod request;

pub use counts::Counts;
pub use request::{Body, Request};

use std::{
    sync::{self, Arc, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use reqwest::{Url, header};
use tokio::sync::Mutex;

use build::{Tls, build};

use crate::http::{Exchange, NoResponse, REDACTED, Response, SentRequest, Way};

/// How a connection that could not be made is tried again: nothing was sent, so nothing is
/// repeated. A target that restarts itself in the middle is given this long.
const CONNECT_AGAIN: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(200),
    Duration::from_millis(500),
];

/// How requests are sent.
#[derive(Clone, Debug)]
pub struct ClientSettings {
    /// The least time between an answer and the next request.
    pub pause: Duration,
    /// The most time for one request, from connecting to the last byte.
    pub timeout: Duration,
    /// Headers for every request, such as a key that a gateway wants.
    pub headers: Vec<(header::HeaderName, header::HeaderValue)>,
    /// Certificates to trust beside the system's, as PEM.
    pub certificates: Vec<reqwest::Certificate>,
    /// Whether any certificate will do.
    pub insecure: bool,
    /// A proxy to go through; those of the environment are never used.
    pub proxy: Option<reqwest::Proxy>,
    /// The same as it was told, for whoever repeats a request.
    pub way: Arc<Way>,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            pause: Duration::ZERO,
            timeout: Duration::from_secs(10),
            headers: Vec::new(),
            certificates: Vec::new(),
            insecure: false,
            proxy: None,
            way: Arc::default(),
        }
    }
}

/// A client for one target.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    tls: Tls,
    /// For what is about connections that are used again; made when it is first wanted.
    keeping: OnceLock<reqwest::Client>,
    base: Url,
    settings: ClientSettings,
    /// When the last answer ended. Held while a request waits for its pause.
    last_answer: Mutex<Option<Instant>>,
    /// What was sent, by all clients of a run.
    counts: Arc<sync::Mutex<Counts>>,
}

impl Client {
    /// A client for the target at `base`, which may have a path prefix.
    ///
    /// # Errors
    /// When the given certificates cannot be used.
    pub fn new(base: Url, settings: ClientSettings) -> Result<Self, reqwest::Error> {
        // The second call in a process finds a provider installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let way = Tls::of(&base, &settings);
        let http = build(&settings, way, 0)?;
        Ok(Self {
            http,
            tls: way,
            keeping: OnceLock::new(),
            base,
            settings,
            last_answer: Mutex::new(None),
            counts: Arc::default(),
        })
    }

    /// A client for another place that is reached in the same way, which counts together with
    /// this one.
    #[must_use]
    pub fn at(&self, base: Url) -> Self {
        Self {
            http: self.http.clone(),
            tls: self.tls,
            keeping: self.keeping.clone(),
            base,
            settings: self.settings.clone(),
            last_answer: Mutex::new(None),
            counts: Arc::clone(&self.counts),
        }
    }

    /// The target's base URL.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// The URL of a documented path under the base.
    pub fn url(&self, path_and_query: &str) -> Url {
        let mut url = self.base.clone();
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path_and_query, None),
        };
        let prefix = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{prefix}{path}"));
        url.set_query(query);
        url
    }

    /// What was sent so far.
    pub fn counts(&self) -> Counts {
        *self.counting()
    }

    fn counting(&self) -> sync::MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a request once the pause since the last answer is over.
    pub async fn send(&self, request: &Request) -> Exchange {
        {
            let last = self.last_answer.lock().await;
            // A timer wakes the runtime once more, even one that is over already.
            if let Some(until) = last.map(|ended| ended + self.settings.pause)
                && until > Instant::now()
            {
                tokio::time::sleep_until(until.into()).await;
            }
        }
        self.send_at_once(request).await
    }

    /// Sends a request without waiting: for what is about requests side by side or in a row.
    pub async fn send_at_once(&self, request: &Request) -> Exchange {
        self.counting().count(request);
        let started = Instant::now();
        let mut answer = self.attempt(request).await;
        for wait in CONNECT_AGAIN {
            if !matches!(answer, Err(NoResponse::NotReached(_))) {
                break;
            }
            tokio::time::sleep(wait).await;
            answer = self.attempt(request).await;
        }
        self.recorded(request, answer, started)
    }

    /// The record of a request that was sent when it began.
    pub fn recorded(
        &self,
        request: &Request,
        answer: Result<Response, NoResponse>,
        began: Instant,
    ) -> Exchange {
        Exchange {
            request: self.as_sent(request),
            answer,
            duration: began.elapsed(),
            fixture: false,
            departure: None,
        }
    }

    /// One try: no second one where there is no connection.
    pub async fn attempt(&self, request: &Request) -> Result<Response, NoResponse> {
        let answer = self.exchange(request).await;
        // Whatever comes next, by whichever way, keeps its distance from this answer.
        *self.last_answer.lock().await = Some(Instant::now());
        answer
    }

    async fn exchange(&self, request: &Request) -> Result<Response, NoResponse> {
        let http = if request.keeps_connection {
            // The same settings have made a client before.
            let again = || build(&self.settings, self.tls, 1).unwrap_or_else(|_| self.http.clone());
            self.keeping.get_or_init(again)
        } else {
            &self.http
        };
        let mut outgoing = http.request(request.method.clone(), self.url(&request.path));
        for (name, value) in &self.settings.headers {
            outgoing = outgoing.header(name, value);
        }
        for (name, value) in request.headers() {
            outgoing = outgoing.header(name, value);
        }
        if let Some(body) = &request.body {
            outgoing = outgoing.body(body.bytes.clone());
        }
        let response = outgoing.send().await.map_err(|e| self.no_response(&e))?;
        body::read(response, self.settings.timeout)
            .await
            .map_err(|e| self.no_response(&e))
    }

    fn no_response(&self, error: &reqwest::Error) -> NoResponse {
        if error.is_connect() && !error.is_timeout() {
            NoResponse::NotReached(cause(error))
        } else if error.is_timeout() {
            NoResponse::TimedOut(self.settings.timeout)
        } else {
            NoResponse::Broken(cause(error))
        }
    }

    fn as_sent(&self, request: &Request) -> SentRequest {
        let given = self
            .settings
            .headers
            .iter()
            .map(|(name, _)| (name.to_string(), REDACTED.to_owned()));
        let own = request.headers().into_iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value)
        });
        SentRequest {
            way: Arc::clone(&self.settings.way),
            method: request.method.to_string(),
            url: self.url(&request.path).to_string(),
            headers: given.chain(own).collect(),
            body: request
                .body
                .as_ref()
                .map(|body| String::from_utf8_lossy(&body.bytes).into_owned()),
        }
    }
}

/// The innermost cause: "connection refused" and not "error sending request".
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
