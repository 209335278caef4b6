//! `POST /sessions`, `DELETE /sessions` and `GET /profile` (tasks 11, 14 and 15).

use hyper::header::{HeaderValue, SET_COOKIE};
use hyper::{HeaderMap, StatusCode};

use serde::Serialize;

use super::{EmailAndMessage, Handled, Refusal};
use crate::auth::Auth;
use crate::http::answer::{Answer, json, redirect_to_root};
use crate::http::body::BodyError;
use crate::http::cookies::cookie;
use crate::http::form::Form;

/// The name of the session's cookie.
const SESSION_ID: &str = "session_id";

/// `{"email": …}` (task 15).
#[derive(Serialize)]
struct Email<'a> {
    email: &'a str,
}

/// Logs a user in. A missing field is a value that nobody has, as an empty one is.
pub(super) async fn login(
    auth: &Auth,
    form: impl Future<Output = Result<Form, BodyError>>,
) -> Handled {
    let form = form.await?;
    let email = form.field("email")?.unwrap_or_default();
    let password = form.field("password")?.unwrap_or_default();
    if !auth.valid_login(email, password).await? {
        return Err(Refusal::Unauthorized);
    }
    let session_id = auth
        .create_session(email)
        .await?
        .ok_or(Refusal::Unauthorized)?;
    let payload = EmailAndMessage {
        email,
        message: "logged in",
    };
    Ok(with_session(json(StatusCode::OK, &payload), &session_id))
}

/// Logs a user out.
pub(super) async fn logout(auth: &Auth, headers: &HeaderMap) -> Handled {
    let session_id = cookie(headers, SESSION_ID);
    let user = auth
        .get_user_from_session_id(session_id.as_deref())?
        .ok_or(Refusal::Forbidden)?;
    if !auth.destroy_session(user.id).await? {
        return Err(Refusal::Forbidden);
    }
    Ok(without_session(redirect_to_root()))
}

/// Shows a user who they are.
pub(super) fn profile(auth: &Auth, headers: &HeaderMap) -> Handled {
    let session_id = cookie(headers, SESSION_ID);
    let user = auth
        .get_user_from_session_id(session_id.as_deref())?
        .ok_or(Refusal::Forbidden)?;
    Ok(json(StatusCode::OK, &Email { email: &user.email }))
}

/// The attributes of the cookie. `Path=/` comes first, as the document shows it. The cookie is out
/// of reach of scripts, and no other site's form can use it. It is not `Secure`: the service
/// itself speaks plain HTTP, and a proxy in front that speaks TLS can add that.
const ATTRIBUTES: &str = "Path=/; HttpOnly; SameSite=Lax";

/// The answer with a cookie that holds the session.
fn with_session(answer: Answer, session_id: &str) -> Answer {
    with_cookie(answer, &format!("{SESSION_ID}={session_id}; {ATTRIBUTES}"))
}

/// The answer with a cookie that makes the client forget the session.
fn without_session(answer: Answer) -> Answer {
    let ended = "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    with_cookie(answer, &format!("{SESSION_ID}=; {ATTRIBUTES}; {ended}"))
}

fn with_cookie(mut answer: Answer, cookie: &str) -> Answer {
    match HeaderValue::from_str(cookie) {
        Ok(value) => {
            answer.headers_mut().insert(SET_COOKIE, value);
        }
        Err(error) => tracing::error!(%error, "a session id cannot be written as a cookie"),
    }
    answer
}
