//! An exchange in the report: both sides, with bodies that say when they are not the whole.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::report::seconds;
use crate::http::Exchange;

/// How many bytes of a body a report holds at most. A target may answer with a megabyte to each
/// of several hundred requests.
const LONGEST_BODY: usize = 16 * 1024;

impl Serialize for Exchange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let request = &self.request;
        let response = self.answer.as_ref().ok().map(|response| {
            json!({
                "version": response.version,
                "status": response.status,
                "headers": headers(&response.headers),
                "body": Body::of(&response.body, response.body_problem.clone()),
            })
        });
        json!({
            "request": {
                "method": request.method,
                "url": request.url,
                "headers": headers(&request.headers),
                "body": request.body.as_ref().map(|body| Body::of(body.as_bytes(), None)),
            },
            "response": response,
            "no_answer": self.answer.as_ref().err().map(ToString::to_string),
            "duration_seconds": seconds(self.duration),
            "fixture": self.fixture,
        })
        .serialize(serializer)
    }
}

/// A name may come more than once, which an object could not say.
fn headers(pairs: &[(String, String)]) -> Vec<Value> {
    pairs
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}

/// A body as text.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
