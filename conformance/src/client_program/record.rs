//! What a client program sent, and what it got.

use std::{
    sync::{
        Arc,
        mpsc::{self, Receiver},
    },
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

/// The middleware, watched: what the program is answered is what is recorded, while it runs.
pub(super) fn watched(middleware: Middleware) -> (Middleware, Receiver<Recorded>) {
    let (record, recorded) = mpsc::sync_channel(MOST);
    let middleware = middleware.at(&[], move |case, request, response, _| {
        // What is beyond the most is not kept.
        let _ = record.try_send(Recorded {
            case,
            request: request.clone(),
            response: response.clone(),
        });
    });
    (middleware, recorded)
}
