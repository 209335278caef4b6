//! What a client program sent, and what it got.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::{
    http::{Exchange, Response, SentRequest},
    proof::proxy::{Answer, Ask, Behaviour, Case},
};

/// One request with its answer.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    pub(super) case: Case,
    pub(super) ask: Ask,
    pub(super) answer: Answer,
}

impl Recorded {
    /// The line of the request.
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.ask.method, self.ask.path)
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
            .ask
            .query
            .as_ref()
            .map_or_else(String::new, |query| format!("?{query}"));
        Exchange {
            request: SentRequest {
                way: Arc::default(),
                method: self.ask.method.to_string(),
                url: format!("{url}{}{query}", self.ask.path),
                headers: headers(&self.ask.headers),
                body: (!self.ask.body.is_empty()).then(|| text(&self.ask.body)),
            },
            answer: Ok(Response {
                version: "HTTP/1.1".to_owned(),
                status: self.answer.status.as_u16(),
                headers: headers(&self.answer.headers),
                body: self.answer.body.to_vec(),
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
    /// The behaviour, watched: what the program is answered is what is recorded.
    pub(super) fn watch(&self, behaviour: Behaviour) -> Behaviour {
        let record = self.clone();
        behaviour.after(move |case, ask, answer, _| {
            let mut all = record.0.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() < MOST {
                all.push(Recorded {
                    case,
                    ask: ask.clone(),
                    answer: answer.clone(),
                });
            }
        })
    }

    /// What was recorded.
    pub(super) fn taken(&self) -> Vec<Recorded> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
