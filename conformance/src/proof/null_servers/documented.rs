//! The document's own answers, given without looking.

use super::Row;
use crate::proof::subject::{documented, prelude::*};

/// The rows of this kind.
#[rustfmt::skip] // A table reads best as one.
pub(super) const SERVERS: &[Row] = &[
    ("null-refusals", "The root welcomes, and each route answers with its documented refusal.",
     &["ROOT-1"], refusal),
    ("null-successes", "Each route answers with its documented success, whatever was sent.",
     &["ROOT-1"], success),
    ("null-by-field",
     "Whatever carries a form or a cookie succeeds as documented, and the rest is refused.",
     &["ROOT-1"], |request| {
         succeed_if(!request.body.is_empty() || request.session().is_some(), request)
     }),
    ("null-uuid-is-live",
     "Every UUID is a live session and a working token, and nothing is stored.",
     &["ROOT-1"], |request| {
         let shown = request.session().or(request.field("reset_token"));
         succeed_if(shown.is_none_or(|id| is_id(&id)) && !is_bare(request), request)
     }),
    ("null-constant-ids",
     "Each route succeeds, with one session id and one token for everybody.",
     &["ROOT-1"], |request| with_ids(request, &Uuid::from_u128(1).to_string())),
    ("null-ids-of-the-form", "Each route succeeds, and ids are computed from the form.",
     &["ROOT-1"], |request| {
         let sum = request.body.iter().fold(1, |sum: u128, byte| {
             sum.wrapping_mul(257).wrapping_add(u128::from(*byte))
         });
         with_ids(request, &Uuid::from_u128(sum).to_string())
     }),
    ("null-email-is-the-id",
     "The email is session id and token, so that a profile needs no store.",
     &["ROOT-1"], |request| {
         let email = request.field("email").unwrap_or_default();
         let shown = request.session().or(request.field("reset_token"));
         if is_bare(request) || shown.as_ref().is_some_and(|id| !id.contains('@')) {
             return refusal(request);
         }
         let mut response = with_ids(request, &email);
         if request.is(&Method::GET, "/profile") {
             response.set_payload(&json!({"email": shown}));
         }
         response
     }),
    ("null-well-formed",
     "What has the form of an email, a password, an id succeeds; the rest is refused.",
     &["ROOT-1"], |request| {
         let is_email = |email: String| email.contains('@') && email.contains('.');
         let filled = |password: String| !password.is_empty();
         let fits = request.field("email").is_none_or(is_email)
             && request.field("password").is_none_or(filled)
             && request.field("new_password").is_none_or(filled)
             && request.field("reset_token").is_none_or(|id| is_id(&id))
             && request.session().is_none_or(|id| is_id(&id));
         succeed_if(fits && !is_bare(request), request)
     }),
];

fn is_id(shown: &str) -> bool {
    Uuid::parse_str(shown).is_ok()
}

fn succeed_if(succeeds: bool, request: &Request) -> Response {
    if succeeds {
        success(request)
    } else {
        refusal(request)
    }
}

/// The documented success, with this session id and this token.
fn with_ids(request: &Request, id: &str) -> Response {
    let mut response = success(request);
    response.set_session(id);
    response.map_payload(|payload| {
        if payload.get("reset_token").is_some() {
            payload["reset_token"] = json!(id);
        }
    });
    response
}

/// Whether it needs a session and shows none.
fn is_bare(request: &Request) -> bool {
    let needs = request.is(&Method::GET, "/profile") || request.is(&Method::DELETE, "/sessions");
    needs && request.session().is_none()
}

fn refusal(request: &Request) -> Response {
    if request.is(&Method::GET, "/") {
        return documented::welcome();
    }
    documented::refusal(request).unwrap_or_else(|| Response::page(404))
}

fn success(request: &Request) -> Response {
    let email = if request.is(&Method::GET, "/profile") {
        Some("bob@bob.com".to_owned())
    } else {
        request.field("email")
    };
    let Some(mut response) = documented::success_of(request, &json!(email)) else {
        return Response::page(404);
    };
    if request.is(&Method::POST, "/sessions") {
        let id = Uuid::new_v4();
        response.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
    }
    response
}
