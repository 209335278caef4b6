//! An exchange in the report: both sides, with bodies that say when they are not the whole.

use serde::{Deserialize, Serialize};

use super::document::seconds;
use crate::transcript::{Exchange, Response, SentRequest};

/// How many bytes of a body a report holds at most. A target may answer with a megabyte to each
/// of several hundred requests.
const LONGEST_BODY: usize = 16 * 1024;

/// One request with its answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ExchangeEntry {
    /// What was sent.
    pub request: RequestEntry,
    /// What came back; null where nothing did.
    pub response: Option<ResponseEntry>,
    /// Why nothing came back; null where something did.
    pub no_answer: Option<String>,
    /// From the first byte sent to the last one read.
    pub duration_seconds: f64,
    /// Whether it belongs to an account or a login that a step needed, and not to the act that
    /// the scenario is about.
    pub fixture: bool,
}

/// A request as it was sent.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RequestEntry {
    /// The method.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// The headers that the suite chose, in order.
    pub headers: Vec<Header>,
    /// The body; null where there was none.
    pub body: Option<Body>,
}

/// An answer as it was read.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ResponseEntry {
    /// The protocol's version.
    pub version: String,
    /// The status code.
    pub status: u16,
    /// The headers in the order of arrival.
    pub headers: Vec<Header>,
    /// The body after any `Content-Encoding` was undone.
    pub body: Body,
}

/// One header line. A name may come more than once, which an object could not say.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Header {
    /// Its name, in the letter case of the wire where that is known.
    pub name: String,
    /// Its value.
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
        let (response, no_answer) = match &exchange.answer {
            Ok(response) => (Some(ResponseEntry::of(response)), None),
            Err(why) => (None, Some(why.to_string())),
        };
        Self {
            request: RequestEntry::of(&exchange.request),
            response,
            no_answer,
            duration_seconds: seconds(exchange.duration),
            fixture: exchange.fixture,
        }
    }
}

impl RequestEntry {
    fn of(request: &SentRequest) -> Self {
        Self {
            method: request.method.clone(),
            url: request.url.clone(),
            headers: headers(&request.headers),
            body: request
                .body
                .as_ref()
                .map(|body| Body::of(body.as_bytes(), None)),
        }
    }
}

impl ResponseEntry {
    fn of(response: &Response) -> Self {
        Self {
            version: response.version.clone(),
            status: response.status,
            headers: headers(&response.headers),
            body: Body::of(&response.body, response.body_problem.clone()),
        }
    }
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

fn headers(pairs: &[(String, String)]) -> Vec<Header> {
    pairs
        .iter()
        .map(|(name, value)| Header {
            name: name.clone(),
            value: value.clone(),
        })
        .collect()
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
