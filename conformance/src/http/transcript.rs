//! What was exchanged: every request that was sent, and what came back.

use std::{path::PathBuf, sync::Arc, time::Duration};

use super::Mismatch;

/// One request with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// What was sent.
    pub request: SentRequest,
    /// What came back, or why nothing did.
    pub answer: Result<Response, NoResponse>,
    /// From the first byte sent to the last one read.
    pub duration: Duration,
    /// Whether the exchange belongs to a fixture (an account or a session that a step needed)
    /// and not to the act that the scenario is about.
    pub fixture: bool,
    /// Where the answer departs from the document, whoever asked and for whatever reason.
    pub departure: Option<Departure>,
}

/// An answer that the document does not allow in the state that the calls before have left.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Departure {
    /// The requirements that are about such a call.
    pub requirements: &'static [&'static str],
    /// What would have been right, in a line.
    pub expected: String,
    /// All that differs.
    pub mismatches: Vec<Mismatch>,
}

/// A request as it was sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SentRequest {
    /// The method, such as `POST`.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// The headers that the suite chose, in order; values that the user handed over
    /// with `--header` are replaced by [`REDACTED`].
    pub headers: Vec<(String, String)>,
    /// The body, as sent.
    pub body: Option<String>,
    /// By which way it went.
    pub way: Arc<Way>,
}

/// What a run was told about the way to its target.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Way {
    /// The file of certificates to trust beside the system's.
    pub certificates: Option<PathBuf>,
    /// Whether any certificate will do.
    pub insecure: bool,
    /// The proxy that it went through.
    pub proxy: Option<String>,
}

/// What stands in a transcript for a value that the user handed over.
pub const REDACTED: &str = "(redacted)";

/// An answer, as read within the limits on size and time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Response {
    /// The protocol's version, such as `HTTP/1.1`.
    pub version: String,
    /// The status code.
    pub status: u16,
    /// The headers in the order of arrival, bytes that are no text replaced.
    pub headers: Vec<(String, String)>,
    /// The body after any `Content-Encoding` was undone.
    pub body: Vec<u8>,
    /// Why the body is not whole or could not be decoded, where that is so.
    pub body_problem: Option<String>,
}

impl Response {
    /// The values of all headers of that name, in order.
    pub fn header_values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The value of the first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header_values(name).next()
    }

    /// Whether it is a gateway's word for a server that is not there yet (RFC 9110, 15.6).
    pub fn is_not_ready(&self) -> bool {
        matches!(self.status, 502..=504)
    }

    /// The body as text, bytes that are no UTF-8 replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Why a request has no answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NoResponse {
    /// No connection could be made: nothing was sent.
    NotReached(String),
    /// The time for one request passed.
    TimedOut(Duration),
    /// The connection ended, or what came was no HTTP.
    Broken(String),
    /// The process that the suite started itself has ended instead; how.
    Ended(String),
    /// The run was over before an answer came; why.
    CutShort(String),
}

impl std::fmt::Display for NoResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotReached(why) => write!(f, "no connection: {why}"),
            Self::TimedOut(limit) => {
                write!(f, "no answer within {}", humantime::format_duration(*limit))
            }
            Self::Broken(why) => write!(f, "no answer: {why}"),
            Self::Ended(how) => write!(f, "no answer: the command has ended ({how})"),
            Self::CutShort(why) => write!(f, "no answer yet when {why}"),
        }
    }
}
