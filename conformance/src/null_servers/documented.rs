//! The document's own answers, given without looking.

use hyper::Method;
use serde_json::json;
use uuid::Uuid;

use super::NullServer;
use crate::proxy::{Answer, Ask};

/// What says only that something succeeds, and not that anything comes of it: a server that says
/// yes keeps it, be it to everything.
const WITHOUT_STATE: &[&str] = &[
    "ROOT-1", "REG-1", "LOGIN-1", "LOGOUT-1", "RESET-1", "RESET-3", "UPDATE-1",
];

/// The servers of this kind.
pub(super) fn servers() -> Vec<NullServer> {
    vec![
        NullServer {
            id: "null-refusals",
            sentence: "The root welcomes, and each route answers with its documented refusal.",
            keeps: &["ROOT-1"],
            answer: refusal,
        },
        NullServer {
            id: "null-successes",
            sentence: "Each route answers with its documented success, whatever was sent.",
            keeps: WITHOUT_STATE,
            answer: success,
        },
        NullServer {
            id: "null-by-field",
            sentence: "Whatever carries a form or a cookie succeeds as documented, and the rest is \
                       refused.",
            keeps: WITHOUT_STATE,
            answer: |ask| {
                if ask.body.is_empty() && ask.session().is_none() {
                    return refusal(ask);
                }
                success(ask)
            },
        },
        NullServer {
            id: "null-uuid-is-live",
            sentence: "Every UUID is a live session and a working token, and nothing is stored.",
            keeps: WITHOUT_STATE,
            answer: |ask| {
                let shown = ask.session().or(ask.field("reset_token"));
                let known = |value: String| Uuid::parse_str(&value).is_ok();
                if shown.is_none_or(known) && !is_bare(ask) {
                    success(ask)
                } else {
                    refusal(ask)
                }
            },
        },
    ]
}

/// Whether it needs a session and shows none.
fn is_bare(ask: &Ask) -> bool {
    let needs = ask.is(&Method::GET, "/profile") || ask.is(&Method::DELETE, "/sessions");
    needs && ask.session().is_none()
}

fn refusal(ask: &Ask) -> Answer {
    match (&ask.method, ask.path.as_str()) {
        (&Method::GET, "/") => welcome(),
        (&Method::POST, "/users") => {
            Answer::json(400, &json!({"message": "email already registered"}))
        }
        (&Method::POST, "/sessions") => Answer::page(401),
        (&Method::GET, "/profile")
        | (&Method::DELETE, "/sessions")
        | (&Method::POST | &Method::PUT, "/reset_password") => Answer::page(403),
        _ => Answer::page(404),
    }
}

fn success(ask: &Ask) -> Answer {
    let email = ask.field("email");
    match (&ask.method, ask.path.as_str()) {
        (&Method::GET, "/") => welcome(),
        (&Method::POST, "/users") => {
            Answer::json(200, &json!({"email": email, "message": "user created"}))
        }
        (&Method::POST, "/sessions") => {
            let mut answer = Answer::json(200, &json!({"email": email, "message": "logged in"}));
            let id = Uuid::new_v4();
            answer.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
            answer
        }
        (&Method::DELETE, "/sessions") => Answer::redirect(302, "/"),
        (&Method::GET, "/profile") => Answer::json(200, &json!({"email": "bob@bob.com"})),
        (&Method::POST, "/reset_password") => {
            let token = Uuid::new_v4().to_string();
            Answer::json(200, &json!({"email": email, "reset_token": token}))
        }
        (&Method::PUT, "/reset_password") => {
            Answer::json(200, &json!({"email": email, "message": "Password updated"}))
        }
        _ => Answer::page(404),
    }
}

fn welcome() -> Answer {
    Answer::json(200, &json!({"message": "Bienvenue"}))
}
