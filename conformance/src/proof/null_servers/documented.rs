//! The document's own answers, given without looking.

use hyper::Method;
use serde_json::json;
use uuid::Uuid;

use crate::proof::{
    proxy::{Answer, Ask},
    subject::{Subject, documented},
};

/// The servers of this kind.
pub(super) fn servers() -> Vec<Subject> {
    vec![
        Subject::null_server(
            "null-refusals",
            "The root welcomes, and each route answers with its documented refusal.",
            &["ROOT-1"],
            refusal,
        ),
        Subject::null_server(
            "null-successes",
            "Each route answers with its documented success, whatever was sent.",
            &["ROOT-1"],
            success,
        ),
        Subject::null_server(
            "null-by-field",
            "Whatever carries a form or a cookie succeeds as documented, and the rest is \
                       refused.",
            &["ROOT-1"],
            |ask| {
                if ask.body.is_empty() && ask.session().is_none() {
                    return refusal(ask);
                }
                success(ask)
            },
        ),
        Subject::null_server(
            "null-uuid-is-live",
            "Every UUID is a live session and a working token, and nothing is stored.",
            &["ROOT-1"],
            |ask| {
                let shown = ask.session().or(ask.field("reset_token"));
                let known = |value: String| Uuid::parse_str(&value).is_ok();
                if shown.is_none_or(known) && !is_bare(ask) {
                    success(ask)
                } else {
                    refusal(ask)
                }
            },
        ),
        Subject::null_server(
            "null-constant-ids",
            "Each route succeeds, with one session id and one token for everybody.",
            &["ROOT-1"],
            |ask| with_ids(ask, &Uuid::from_u128(1).to_string()),
        ),
        Subject::null_server(
            "null-ids-of-the-form",
            "Each route succeeds, and ids are computed from the form.",
            &["ROOT-1"],
            |ask| {
                let id = Uuid::from_u128(ask.body.iter().fold(1, |sum: u128, byte| {
                    sum.wrapping_mul(257).wrapping_add(u128::from(*byte))
                }));
                with_ids(ask, &id.to_string())
            },
        ),
        Subject::null_server(
            "null-email-is-the-id",
            "The email is session id and token, so that a profile needs no store.",
            &["ROOT-1"],
            |ask| {
                let email = ask.field("email").unwrap_or_default();
                let shown = ask.session().or(ask.field("reset_token"));
                if is_bare(ask) || shown.as_ref().is_some_and(|id| !id.contains('@')) {
                    return refusal(ask);
                }
                let mut answer = with_ids(ask, &email);
                if ask.is(&Method::GET, "/profile") {
                    answer.set_payload(&json!({"email": shown}));
                }
                answer
            },
        ),
        Subject::null_server(
            "null-well-formed",
            "What has the form of an email, a password, an id succeeds; the rest is refused.",
            &["ROOT-1"],
            |ask| {
                let is_email = |email: String| email.contains('@') && email.contains('.');
                let is_id = |id: String| Uuid::parse_str(&id).is_ok();
                let filled = |password: String| !password.is_empty();
                let fits = ask.field("email").is_none_or(is_email)
                    && ask.field("password").is_none_or(filled)
                    && ask.field("new_password").is_none_or(filled)
                    && ask.field("reset_token").is_none_or(is_id)
                    && ask.session().is_none_or(is_id);
                if fits && !is_bare(ask) {
                    success(ask)
                } else {
                    refusal(ask)
                }
            },
        ),
    ]
}

/// The documented success, with this session id and this token.
fn with_ids(ask: &Ask, id: &str) -> Answer {
    let mut answer = success(ask);
    answer.set_session(id);
    answer.map_payload(|payload| {
        if payload.get("reset_token").is_some() {
            payload["reset_token"] = json!(id);
        }
    });
    answer
}

/// Whether it needs a session and shows none.
fn is_bare(ask: &Ask) -> bool {
    let needs = ask.is(&Method::GET, "/profile") || ask.is(&Method::DELETE, "/sessions");
    needs && ask.session().is_none()
}

fn refusal(ask: &Ask) -> Answer {
    if ask.is(&Method::GET, "/") {
        return documented::welcome();
    }
    documented::refusal(ask).unwrap_or_else(|| Answer::page(404))
}

fn success(ask: &Ask) -> Answer {
    let email = if ask.is(&Method::GET, "/profile") {
        Some("bob@bob.com".to_owned())
    } else {
        ask.field("email")
    };
    let Some(mut answer) = documented::success(ask, &json!(email)) else {
        return Answer::page(404);
    };
    if ask.is(&Method::POST, "/sessions") {
        let id = Uuid::new_v4();
        answer.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
    }
    answer
}
