//! Answers: JSON as the document shows it, HTML pages for errors, and a redirect.
//!
//! ```text
//! HTTP/1.1 200 OK                      HTTP/1.1 403 Forbidden
//! content-type: application/json       content-type: text/html; charset=utf-8
//!
//! {"message":"Bienvenue"}              <!doctype html>
//!                                      <title>403 Forbidden</title> …
//! ```

use std::sync::LazyLock;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
    SERVER, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{HeaderMap, Response, StatusCode};
use serde::Serialize;

/// What goes back.
pub type Answer = Response<Full<Bytes>>;

/// An answer with that payload as JSON, ended by a line feed as the document's are.
pub fn json(status: StatusCode, payload: &impl Serialize) -> Answer {
    match serde_json::to_vec(payload) {
        Ok(mut body) => {
            body.push(b'\n');
            answer(status, &JSON, body)
        }
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written as JSON");
            page(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The server made an answer that it cannot write.",
            )
        }
    }
}

/// 200 with a payload that is always the same.
pub fn json_text(payload: &'static str) -> Answer {
    answer(StatusCode::OK, &JSON, payload)
}

/// A small HTML page that names the error and says what it means here. The text is the server's
/// own: nothing of a request is ever put into it.
pub fn page(status: StatusCode, text: &str) -> Answer {
    let title = status.canonical_reason().unwrap_or("Error");
    let code = status.as_str();
    let body = format!(
        "<!doctype html>\n<html lang=\"en\">\n<title>{code} {title}</title>\n<h1>{title}</h1>\n<p>{text}</p>\n"
    );
    answer(status, &HTML, body)
}

/// Sends the client to the root. After a 302, RFC 9110, 15.4.3 lets a client make a GET of a POST
/// and of nothing else, so one that follows it repeats the method; the status is the document's
/// (a redirect, as its own framework makes one), and programs assert it.
pub fn redirect_to_root() -> Answer {
    with(
        page(StatusCode::FOUND, "<a href=\"/\">Continue</a>."),
        LOCATION,
        "/",
    )
}

/// 401 with the challenge that RFC 9110, 15.5.2 requires. There is no registered scheme for a form
/// and a cookie; this one is from an expired draft (draft-broyer-http-cookie-auth), and clients
/// that do not know it leave it to people.
pub fn unauthorized(text: &str) -> Answer {
    with(
        page(StatusCode::UNAUTHORIZED, text),
        WWW_AUTHENTICATE,
        "Cookie realm=\"users\", form-action=\"/sessions\", cookie-name=\"session_id\"",
    )
}

/// 405 with the methods that the path does have, as RFC 9110, 15.5.6 requires.
pub fn method_not_allowed(allow: &'static str) -> Answer {
    let text = "This path does not have that method.";
    with(page(StatusCode::METHOD_NOT_ALLOWED, text), ALLOW, allow)
}

/// 503 with the number of seconds after which another try makes sense.
pub fn busy(seconds: &'static str) -> Answer {
    let text = "The server has more to do than it can bear. Please try again in a moment.";
    let page = page(StatusCode::SERVICE_UNAVAILABLE, text);
    with(page, RETRY_AFTER, seconds)
}

/// The same answer as the connection's last.
pub fn and_close(answer: Answer) -> Answer {
    with(answer, CONNECTION, "close")
}

/// Whether it is the connection's last answer.
pub fn is_last(answer: &Answer) -> bool {
    answer.headers().contains_key(CONNECTION)
}

fn with(mut answer: Answer, name: HeaderName, value: &'static str) -> Answer {
    answer
        .headers_mut()
        .insert(name, HeaderValue::from_static(value));
    answer
}

/// The headers that answers of one media type have in common. Copied, they cost less than made.
fn headers(media_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    // Every answer is about one user at one moment, and none is for a cache to keep.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(SERVER, HeaderValue::from_static("authspec-server"));
    headers
}

static JSON: LazyLock<HeaderMap> = LazyLock::new(|| headers("application/json"));
static HTML: LazyLock<HeaderMap> = LazyLock::new(|| headers("text/html; charset=utf-8"));

fn answer(status: StatusCode, headers: &HeaderMap, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    *answer.headers_mut() = headers.clone();
    answer
}
