//! An exchange in the report: both sides, with bodies that say when they are not the whole.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::http::Exchange;

/// How many bytes of a body a report holds at most. A target may answer with a megabyte to each
/// of several hundred requests.
const LONGEST_BODY: usize = 16 * 1024;

/// One request with its answer, or why there is none.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ExchangeEntry {
    /// What was sent.
    pub request: RequestEntry,
    /// What came, where something did.
    pub response: Option<ResponseEntry>,
    /// Why nothing came, where nothing did.
    pub no_answer: Option<String>,
    /// From the first byte sent to the last one read.
    pub duration_seconds: f64,
    /// Whether it belongs to a fixture, and not to what the scenario is about.
    pub fixture: bool,
}

/// A request.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RequestEntry {
    pub method: String,
    pub url: String,
    pub headers: Vec<Header>,
    pub body: Option<Body>,
}

/// An answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ResponseEntry {
    pub version: String,
    pub status: u16,
    pub headers: Vec<Header>,
    pub body: Body,
}

/// A name may come more than once, which an object could not say.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Header {
    pub name: String,
    pub value: String,
}

/// A body as text.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Body {
    /// The text, bytes that are no UTF-8 replaced by U+FFFD.
    pub text: String,
    /// How many bytes were read, all of them counted.
    pub bytes: usize,
    /// Whether those bytes are UTF-8.
    pub utf8: bool,
    /// Whether `text` is only their beginning.
    pub cut: bool,
    /// Why what was read is not the whole body, or could not be decoded; null otherwise.
    pub problem: Option<String>,
}

impl ExchangeEntry {
    pub(super) fn of(exchange: &Exchange) -> Self {
        let (request, answer) = (&exchange.request, exchange.answer.as_ref());
        Self {
            request: RequestEntry {
                method: request.method.clone(),
                url: request.url.clone(),
                headers: headers(&request.headers),
                body: (request.body.as_ref()).map(|body| Body::of(body.as_bytes(), None)),
            },
            response: answer.ok().map(|response| ResponseEntry {
                version: response.version.clone(),
                status: response.status,
                headers: headers(&response.headers),
                body: Body::of(&response.body, response.body_problem.clone()),
            }),
            no_answer: answer.err().map(ToString::to_string),
            duration_seconds: seconds(exchange.duration),
            fixture: exchange.fixture,
        }
    }
}

fn headers(pairs: &[(String, String)]) -> Vec<Header> {
    let header = |(name, value): &(String, String)| Header {
        name: name.clone(),
        value: value.clone(),
    };
    pairs.iter().map(header).collect()
}

/// Seconds to the microsecond: what lies below is noise.
pub(super) fn seconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e6
}

impl Body {
    /// The body, or its beginning where it is long.
    pub fn of(bytes: &[u8], problem: Option<String>) -> Self {
        let utf8 = std::str::from_utf8(bytes);
        let cut = bytes.len() > LONGEST_BODY;
        let text = match utf8 {
            Ok(text) => text[..text.floor_char_boundary(LONGEST_BODY)].to_owned(),
            Err(_) => String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_BODY)]).into_owned(),
        };
        Self {
            text,
            bytes: bytes.len(),
            utf8: utf8.is_ok(),
            cut,
            problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_body_is_cut_between_characters_and_says_so() {
        let long = "é".repeat(LONGEST_BODY);
        let body = Body::of(long.as_bytes(), None);
        assert!(body.cut && body.utf8);
        assert_eq!(body.bytes, 2 * LONGEST_BODY);
        assert_eq!(body.text.len(), LONGEST_BODY);
        let odd = Body::of(format!("x{long}").as_bytes(), None);
        assert_eq!(odd.text.len(), LONGEST_BODY - 1);
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_flagged() {
        let body = Body::of(b"\xff\xfe{}", Some("ended early".to_owned()));
        assert_eq!(body.text, "\u{fffd}\u{fffd}{}");
        assert!(!body.utf8 && !body.cut);
        assert_eq!(body.problem.as_deref(), Some("ended early"));
    }
}
