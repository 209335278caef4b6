//! Servers that implement nothing: a suite worth its name gives them nothing.
//!
//! Each answers from the request alone. None keeps an account, a session or a token, so none may
//! pass a requirement that it does not truly keep.

use crate::proof::subject::{Kind, Subject, documented, edits::subjects, prelude::*};

/// The whole catalogue.
pub fn all() -> Vec<Subject> {
    [UNIFORM, DOCUMENTED]
        .into_iter()
        .flat_map(|rows| subjects(Kind::NullServer, rows))
        .collect()
}

/// One answer for everything.
#[rustfmt::skip] // A table reads best as one.
const UNIFORM: &[Row] = &[
    ("null-200-empty", "Everything is answered with 200 and no body.", &[], ANY, Answer(|_| Response::empty(200))),
    ("null-204", "Everything is answered with 204.", &[], ANY, Answer(|_| Response::empty(204))),
    ("null-302", "Everything is redirected to the root.", &[], ANY, Answer(|_| Response::redirect(302, "/"))),
    ("null-400", "Everything is answered with 400.", &[], ANY, Answer(|_| Response::page(400))),
    ("null-401", "Everything is answered with 401.", &[], ANY, Answer(|_| Response::page(401))),
    ("null-403", "Everything is answered with 403.", &[], ANY, Answer(|_| Response::page(403))),
    ("null-404", "Everything is answered with 404.", &[], ANY, Answer(|_| Response::page(404))),
    ("null-405", "Everything is answered with 405.", &[], ANY, Answer(|_| Response::page(405))),
    ("null-500", "Everything is answered with 500.", &[], ANY, Answer(|_| Response::page(500))),
    ("null-503", "Everything is turned away with 503, for an hour.", &[], ANY, Answer(|_| {
         let mut response = Response::page(503);
         response.set(header::RETRY_AFTER, "3600");
         response
     })),
    ("null-200-object", "Everything is answered with 200 and {}.", &[], ANY,
     Answer(|_| Response::json(200, &json!({})))),
    ("null-welcome", "Everything is answered with the welcome.", &["ROOT-1"], ANY,
     Answer(|_| documented::welcome())),
    ("null-echo", "Everything is answered with 200 and the fields of the form as JSON.", &[], ANY,
     Answer(|request| Response::json(200, &request.fields().into_iter().collect()))),
    ("null-cookie", "Everything is answered with 200, {} and a session cookie that means nothing.",
     &[], ANY, Answer(|_| {
         let mut response = Response::json(200, &json!({}));
         let id = Uuid::new_v4();
         response.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
         response
     })),
    ("null-taken", "Everything is answered with 400 and the message for a taken email.", &[], ANY,
     Answer(|_| Response::json(400, &json!({"message": "email already registered"})))),
    ("null-static-files",
     "GET is answered with a page and everything else with 405, as by a file server.", &[], ANY, Answer(|request| {
         if request.method == Method::GET {
             return Response::text(200, "text/html", "<!doctype html><title>It works</title>");
         }
         let mut response = Response::page(405);
         response.set(header::ALLOW, "GET, HEAD");
         response
     })),
    ("null-hangs-up", "Every connection is closed without an answer.", &[], ANY, Answer(|_| Response::none())),
];

/// The document's own answers, given without looking.
#[rustfmt::skip] // A table reads best as one.
const DOCUMENTED: &[Row] = &[
    ("null-refusals", "The root welcomes, and each route answers with its documented refusal.",
     &["ROOT-1"], ANY, Answer(refusal)),
    ("null-successes", "Each route answers with its documented success, whatever was sent.",
     &["ROOT-1"], ANY, Answer(success)),
    ("null-by-field",
     "Whatever carries a form or a cookie succeeds as documented, and the rest is refused.",
     &["ROOT-1"], ANY, Answer(|request| {
         succeed_if(!request.body.is_empty() || request.session().is_some(), request)
     })),
    ("null-uuid-is-live",
     "Every UUID is a live session and a working token, and nothing is stored.",
     &["ROOT-1"], ANY, Answer(|request| {
         let shown = request.session().or(request.field("reset_token"));
         succeed_if(shown.is_none_or(|id| is_id(&id)) && !is_bare(request), request)
     })),
    ("null-constant-ids",
     "Each route succeeds, with one session id and one token for everybody.",
     &["ROOT-1"], ANY, Answer(|request| with_ids(request, &Uuid::from_u128(1).to_string()))),
    ("null-ids-of-the-form", "Each route succeeds, and ids are computed from the form.",
     &["ROOT-1"], ANY, Answer(|request| {
         let sum = request.body.iter().fold(1, |sum: u128, byte| {
             sum.wrapping_mul(257).wrapping_add(u128::from(*byte))
         });
         with_ids(request, &Uuid::from_u128(sum).to_string())
     })),
    ("null-email-is-the-id",
     "The email is session id and token, so that a profile needs no store.",
     &["ROOT-1"], ANY, Answer(|request| {
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
     })),
    ("null-well-formed",
     "What has the form of an email, a password, an id succeeds; the rest is refused.",
     &["ROOT-1"], ANY, Answer(|request| {
         let is_email = |email: String| email.contains('@') && email.contains('.');
         let filled = |password: String| !password.is_empty();
         let fits = request.field("email").is_none_or(is_email)
             && request.field("password").is_none_or(filled)
             && request.field("new_password").is_none_or(filled)
             && request.field("reset_token").is_none_or(|id| is_id(&id))
             && request.session().is_none_or(|id| is_id(&id));
         succeed_if(fits && !is_bare(request), request)
     })),
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

#[cfg(test)]
mod tests;
