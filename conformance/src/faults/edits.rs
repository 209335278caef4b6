//! The small changes that many faults are made of.

use hyper::{Method, header};
use serde_json::{Value, json};

use crate::proxy::{Answer, Ask, Shadow};

/// Another status, everything else kept.
pub(super) fn status(code: u16) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, answer, _| answer.set_status(code)
}

/// A refusal in place of the answer.
pub(super) fn refuse(code: u16) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, answer, _| *answer = Answer::page(code)
}

/// A redirection in place of the answer.
pub(super) fn redirect(
    code: u16,
    location: &'static str,
) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, answer, _| *answer = Answer::redirect(code, location)
}

/// The documented success in place of a refusal.
pub(super) fn succeed() -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    |ask, answer, _| *answer = success(ask)
}

/// This payload with status 200 in place of the answer.
pub(super) fn payload(
    payload: &Value,
) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    let answer = Answer::json(200, payload);
    move |_, original, _| *original = answer.clone()
}

/// Another value of a member of the payload.
pub(super) fn member(
    name: &'static str,
    value: Value,
) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, answer, _| answer.map_payload(|payload| payload[name] = value.clone())
}

/// A payload without one of its members.
pub(super) fn without(
    name: &'static str,
) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, answer, _| {
        answer.map_payload(|payload| {
            payload.as_object_mut().map(|members| members.remove(name));
        });
    }
}

/// A member of the payload under another name.
pub(super) fn renamed(
    name: &'static str,
    new: &'static str,
) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, answer, _| {
        answer.map_payload(|payload| {
            let value = payload
                .as_object_mut()
                .and_then(|members| members.remove(name));
            if let Some(value) = value {
                payload[new] = value;
            }
        });
    }
}

/// Another media type, or none.
pub(super) fn media_type(
    media_type: Option<&'static str>,
) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, answer, _| {
        answer.headers.remove(header::CONTENT_TYPE);
        if let Some(media_type) = media_type {
            answer.set(header::CONTENT_TYPE, media_type);
        }
    }
}

/// Another session cookie, made of the session id.
pub(super) fn cookie(
    write: fn(&str) -> String,
) -> impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, answer, _| answer.map_session(write)
}

/// What a conforming server answers where the request succeeds, a cookie apart.
pub(super) fn success(ask: &Ask) -> Answer {
    let email = ask.field("email").unwrap_or_default();
    match (&ask.method, ask.path.as_str()) {
        (&Method::POST, "/users") => {
            Answer::json(200, &json!({"email": email, "message": "user created"}))
        }
        (&Method::POST, "/sessions") => {
            Answer::json(200, &json!({"email": email, "message": "logged in"}))
        }
        (&Method::DELETE, "/sessions") => Answer::redirect(302, "/"),
        (&Method::GET, "/profile") => Answer::json(200, &json!({"email": email})),
        (&Method::POST, "/reset_password") => {
            let token = uuid::Uuid::new_v4().to_string();
            Answer::json(200, &json!({"email": email, "reset_token": token}))
        }
        (&Method::PUT, "/reset_password") => {
            Answer::json(200, &json!({"email": email, "message": "Password updated"}))
        }
        _ => Answer::json(200, &json!({"message": "Bienvenue"})),
    }
}

/// The profile of this user, whoever asked.
pub(super) fn profile_of(email: &str) -> Answer {
    Answer::json(200, &json!({"email": email}))
}
