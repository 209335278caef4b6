//! The routes: one match of path and method to the seven handlers, and what each refusal becomes.
//!
//! Handlers use `Auth` and nothing below it, as the document asks.

mod reset_password;
mod sessions;
mod users;

use std::pin::Pin;

use bytes::Bytes;
use hyper::body::Body;
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use serde::Serialize;

use crate::auth::{Auth, Unacceptable, Unavailable};
use crate::http::answer::{
    Answer, and_close, busy, is_last, json_text, method_not_allowed, page, unauthorized,
};
use crate::http::body::{BodyError, BodyLimits, discard, read_form};
use crate::http::form::FormError;

/// After how many seconds one that was refused for want of time may try again.
const RETRY_AFTER: &str = "2";

/// An answer, or why there is another one.
type Handled = Result<Answer, Refusal>;

/// `{"email": …, "message": …}` (tasks 7, 11 and 19).
#[derive(Serialize)]
struct EmailAndMessage<'a> {
    email: &'a str,
    message: &'static str,
}

/// Answers one request. Whatever goes wrong becomes an answer too.
pub(crate) async fn answer<B>(auth: &Auth, head: &Parts, mut body: B, limits: BodyLimits) -> Answer
where
    B: Body<Data = Bytes, Error = BodyError> + Send + Unpin,
{
    let headers = &head.headers;
    let unread = &mut body;
    let form = move || read_form(headers, unread, limits);
    let handled = match (head.uri.path(), &head.method) {
        ("/", &Method::GET | &Method::HEAD) => Ok(welcome()),
        ("/users", &Method::POST) => boxed(users::register(auth, form())).await,
        ("/users", _) => Ok(method_not_allowed("POST")),
        ("/sessions", &Method::POST) => boxed(sessions::login(auth, form())).await,
        ("/sessions", &Method::DELETE) => boxed(sessions::logout(auth, headers)).await,
        ("/sessions", _) => Ok(method_not_allowed("POST, DELETE")),
        ("/profile", &Method::GET | &Method::HEAD) => sessions::profile(auth, headers),
        ("/" | "/profile", _) => Ok(method_not_allowed("GET, HEAD")),
        ("/reset_password", &Method::POST) => {
            boxed(reset_password::get_reset_password_token(auth, form())).await
        }
        ("/reset_password", &Method::PUT) => {
            boxed(reset_password::update_password(auth, form())).await
        }
        ("/reset_password", _) => Ok(method_not_allowed("POST, PUT")),
        _ => Ok(page(
            StatusCode::NOT_FOUND,
            "There is nothing at this address.",
        )),
    };
    let answer = handled.unwrap_or_else(Answer::from);
    // What is left of a body cannot be told from a next request.
    if body.is_end_stream() || is_last(&answer) || boxed(discard(headers, &mut body, limits)).await
    {
        answer
    } else {
        and_close(answer)
    }
}

/// hyper moves the future of a request as a whole, also where it is only a GET's; so the large
/// parts of it lie elsewhere.
fn boxed<'a, T>(
    future: impl Future<Output = T> + Send + 'a,
) -> Pin<Box<dyn Future<Output = T> + Send + 'a>> {
    Box::pin(future)
}

/// `GET /` (task 6).
fn welcome() -> Answer {
    json_text("{\"message\":\"Bienvenue\"}\n")
}

/// Why a request does not get what it asks for, in the words of the page that says so.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    /// The credentials are wrong (task 11).
    #[error("The email and the password do not belong to a user.")]
    Unauthorized,
    /// The session, the email or the token is none (tasks 14, 15, 17 and 19).
    #[error("You may not do that: there is no such session, user or token.")]
    Forbidden,
    /// The body cannot be read.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// The form says something twice.
    #[error(transparent)]
    Form(#[from] FormError),
    /// A value cannot be taken.
    #[error("Refused: {0}.")]
    Unacceptable(#[from] Unacceptable),
    /// The service cannot do its work.
    #[error("The server cannot do this now, for reasons of its own.")]
    Unavailable(#[from] Unavailable),
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let text = refusal.to_string();
        let page = |status| page(status, &text);
        match refusal {
            Refusal::Unauthorized => unauthorized(&text),
            Refusal::Forbidden => page(StatusCode::FORBIDDEN),
            Refusal::Body(BodyError::TooLarge) => and_close(page(StatusCode::PAYLOAD_TOO_LARGE)),
            Refusal::Body(BodyError::TooSlow) => and_close(page(StatusCode::REQUEST_TIMEOUT)),
            Refusal::Body(BodyError::Broken) => and_close(page(StatusCode::BAD_REQUEST)),
            Refusal::Body(BodyError::GaveWay) => and_close(busy(RETRY_AFTER)),
            Refusal::Body(BodyError::NotAForm) => page(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Refusal::Body(BodyError::Form(_)) | Refusal::Form(_) | Refusal::Unacceptable(_) => {
                page(StatusCode::BAD_REQUEST)
            }
            Refusal::Unavailable(Unavailable::Busy) => busy(RETRY_AFTER),
            Refusal::Unavailable(error) => {
                tracing::error!(%error, "a request cannot be served");
                page(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}
