//! What a client program sent, and what it got.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::{
    http::{self, Exchange, SentRequest},
    proof::proxy::{Case, Middleware, Request, Response},
};

/// One request with its answer.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    pub(super) case: Case,
    pub(super) request: Request,
    pub(super) response: Response,
}

impl Recorded {
    /// The line of the request.
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.request.method, self.request.path)
    }

    /// The exchange as reports show it, at a server whose base is `url`.
    pub(super) fn exchange(&self, url: &str) -> Exchange {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let headers = |map: &hyper::HeaderMap| {
            map.iter()
                .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
                .collect()
        };
        let query = self
            .request
            .query
            .as_ref()
            .map_or_else(String::new, |query| format!("?{query}"));
        Exchange {
            request: SentRequest {
                way: Arc::default(),
                method: self.request.method.to_string(),
                url: format!("{url}{}{query}", self.request.path),
                headers: headers(&self.request.headers),
                body: (!self.request.body.is_empty()).then(|| text(&self.request.body)),
            },
            answer: Ok(http::Response {
                version: "HTTP/1.1".to_owned(),
                status: self.response.status.as_u16(),
                headers: headers(&self.response.headers),
                body: self.response.body.to_vec(),
                body_problem: None,
            }),
            duration: Duration::ZERO,
            fixture: false,
            departure: None,
        }
    }
}

/// The most calls that are kept: a program in a loop must not fill the memory.
const MOST: usize = 1000;

/// A record that grows while a program runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Record(Arc<Mutex<Vec<Recorded>>>);

impl Record {
    /// The middleware, watched: what the program is answered is what is recorded.
    pub(super) fn watch(&self, middleware: Middleware) -> Middleware {
        let record = self.clone();
        middleware.after(move |case, request, response, _| {
            let mut all = record.0.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() < MOST {
                all.push(Recorded {
                    case,
                    request: request.clone(),
                    response: response.clone(),
                });
            }
        })
    }

    /// What was recorded.
    pub(super) fn taken(&self) -> Vec<Recorded> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
