//! The routes: one match of path and method to the eight handlers, and what each refusal becomes.
//!
//! Handlers use `Auth` and nothing below it, as the document asks.

mod payload;
mod reset_password;
mod sessions;
mod users;

use bytes::Bytes;
use hyper::body::Body;
use hyper::{Method, Request, StatusCode};

use crate::auth::{Auth, Unacceptable, Unavailable};
use crate::http::answer::{Answer, and_close, busy, json, method_not_allowed, page, unauthorized};
use crate::http::body::{BodyError, BodyLimits, read_form};
use crate::http::form::FormError;

/// After how many seconds one that was refused for want of time may try again.
const RETRY_AFTER: &str = "2";

/// An answer, or why there is another one.
type Handled = Result<Answer, Refusal>;

/// Answers one request. Whatever goes wrong becomes an answer too.
pub(crate) async fn answer<B>(auth: &Auth, request: Request<B>, limits: BodyLimits) -> Answer
where
    B: Body<Data = Bytes> + Unpin,
{
    route(auth, request, limits)
        .await
        .unwrap_or_else(Answer::from)
}

async fn route<B>(auth: &Auth, request: Request<B>, limits: BodyLimits) -> Handled
where
    B: Body<Data = Bytes> + Unpin,
{
    let (head, body) = request.into_parts();
    let form = read_form(&head.headers, body, limits);
    match (head.uri.path(), &head.method) {
        ("/", &Method::GET | &Method::HEAD) => Ok(welcome()),
        ("/users", &Method::POST) => users::register(auth, &form.await?).await,
        ("/users", _) => Ok(method_not_allowed("POST")),
        ("/sessions", &Method::POST) => sessions::login(auth, &form.await?).await,
        ("/sessions", &Method::DELETE) => sessions::logout(auth, &head.headers).await,
        ("/sessions", _) => Ok(method_not_allowed("POST, DELETE")),
        ("/profile", &Method::GET | &Method::HEAD) => sessions::profile(auth, &head.headers),
        ("/" | "/profile", _) => Ok(method_not_allowed("GET, HEAD")),
        ("/reset_password", &Method::POST) => {
            reset_password::get_reset_password_token(auth, &form.await?).await
        }
        ("/reset_password", &Method::PUT) => {
            reset_password::update_password(auth, &form.await?).await
        }
        ("/reset_password", _) => Ok(method_not_allowed("POST, PUT")),
        _ => Ok(page(
            StatusCode::NOT_FOUND,
            "There is nothing at this address.",
        )),
    }
}

/// `GET /` (task 6).
fn welcome() -> Answer {
    let payload = payload::Message {
        message: "Bienvenue",
    };
    json(StatusCode::OK, &payload)
}

/// Why a request does not get what it asks for.
#[derive(Debug)]
enum Refusal {
    /// The credentials are wrong (task 11).
    Unauthorized,
    /// The session, the email or the token is none (tasks 14, 15, 17 and 19).
    Forbidden,
    /// The body cannot be read.
    Body(BodyError),
    /// The form lacks something.
    Form(FormError),
    /// A value cannot be taken.
    Unacceptable(Unacceptable),
    /// The service cannot do its work.
    Unavailable(Unavailable),
}

impl From<BodyError> for Refusal {
    fn from(error: BodyError) -> Self {
        Self::Body(error)
    }
}

impl From<FormError> for Refusal {
    fn from(error: FormError) -> Self {
        Self::Form(error)
    }
}

impl From<Unacceptable> for Refusal {
    fn from(refused: Unacceptable) -> Self {
        Self::Unacceptable(refused)
    }
}

impl From<Unavailable> for Refusal {
    fn from(error: Unavailable) -> Self {
        Self::Unavailable(error)
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unauthorized => {
                unauthorized("The email and the password do not belong to a user.")
            }
            Refusal::Forbidden => page(
                StatusCode::FORBIDDEN,
                "You may not do that: there is no such session, user or token.",
            ),
            Refusal::Body(error) => {
                let page = page(status_of(error), &error.to_string());
                match error {
                    // What is left of the body cannot be told from a next request.
                    BodyError::TooLarge | BodyError::TooSlow | BodyError::Broken => and_close(page),
                    BodyError::NotAForm | BodyError::Form(_) => page,
                }
            }
            Refusal::Form(error) => page(StatusCode::BAD_REQUEST, &error.to_string()),
            Refusal::Unacceptable(refused) => {
                page(StatusCode::BAD_REQUEST, &format!("Refused: {refused}."))
            }
            Refusal::Unavailable(Unavailable::Busy) => busy(RETRY_AFTER),
            Refusal::Unavailable(error) => {
                tracing::error!(%error, "a request cannot be served");
                page(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "The server cannot do this now, for reasons of its own.",
                )
            }
        }
    }
}

fn status_of(error: BodyError) -> StatusCode {
    match error {
        BodyError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        BodyError::TooSlow => StatusCode::REQUEST_TIMEOUT,
        BodyError::Broken | BodyError::Form(_) => StatusCode::BAD_REQUEST,
        BodyError::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
    }
}
