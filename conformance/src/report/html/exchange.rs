//! One exchange on the page.

use super::difference::Segment;
use crate::{
    http::{Exchange, Response, curl, visible::visible},
    report::json::Body,
};

/// How many bytes of a body the transcript shows: enough for every documented answer.
pub(super) const BRIEF_BODY: usize = 1_000;

/// An exchange as text.
pub(super) struct ExchangeView {
    pub(super) fixture: bool,
    pub(super) method: String,
    pub(super) url: String,
    /// The status, or that there was none.
    pub(super) status: String,
    pub(super) milliseconds: String,
    pub(super) request: String,
    pub(super) answer: Vec<Segment>,
    /// What the reference server answered to the same request.
    pub(super) reference: Option<Vec<Segment>>,
    pub(super) curl: String,
}

impl ExchangeView {
    /// The exchange, with at most so many bytes of each body.
    pub(super) fn of(exchange: &Exchange, longest: usize) -> Self {
        let request = &exchange.request;
        Self {
            fixture: exchange.fixture,
            method: visible(&request.method).into_owned(),
            url: visible(&request.url).into_owned(),
            status: match &exchange.answer {
                Ok(response) => response.status.to_string(),
                Err(_) => "no answer".to_owned(),
            },
            milliseconds: format!("{:.1} ms", exchange.duration.as_secs_f64() * 1e3),
            request: sent(exchange, longest),
            answer: vec![Segment::same(answer(exchange, longest))],
            reference: None,
            curl: visible(&curl::command(request)).into_owned(),
        }
    }
}

fn sent(exchange: &Exchange, longest: usize) -> String {
    let request = &exchange.request;
    let mut text = format!("{} {}\n", request.method, request.url);
    text.extend(lines(&request.headers));
    if let Some(content) = &request.body {
        text.push('\n');
        text.push_str(&body(content.as_bytes(), None, longest));
    }
    visible(&text).into_owned()
}

pub(super) fn answer(exchange: &Exchange, longest: usize) -> String {
    let text = match &exchange.answer {
        Err(why) => why.to_string(),
        Ok(response) => {
            let mut text = format!("{} {}\n", response.version, response.status);
            text.extend(lines(&response.headers));
            text.push('\n');
            text.push_str(&body_of(response, longest));
            text
        }
    };
    visible(&text).into_owned()
}

fn lines(headers: &[(String, String)]) -> impl Iterator<Item = String> {
    headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\n"))
}

pub(super) fn body_of(response: &Response, longest: usize) -> String {
    body(&response.body, response.body_problem.clone(), longest)
}

/// The body, and a last line in brackets where that is not the whole truth.
fn body(bytes: &[u8], problem: Option<String>, longest: usize) -> String {
    let Body {
        text,
        bytes,
        utf8,
        cut,
        problem,
    } = Body::of(bytes, problem);
    let end = text.floor_char_boundary(longest.min(text.len()));
    let mut notes = Vec::new();
    if cut || end < text.len() {
        notes.push(format!("the beginning of {bytes} bytes"));
    }
    if !utf8 {
        notes.push("not UTF-8".to_owned());
    }
    notes.extend(problem);
    let shown = &text[..end];
    if notes.is_empty() {
        shown.to_owned()
    } else {
        format!("{shown}\n[{}]", notes.join("; "))
    }
}
