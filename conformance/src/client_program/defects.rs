//! What a client program has to notice: a server that is wrong in the subject of each function.

use serde_json::{Value, json};

use super::calls::EMAIL;
use crate::proxy::{Answer, Ask, Behaviour, Case, Shadow};

/// A server that is wrong in one way.
pub(super) struct Defect {
    /// The function whose assertion is about it.
    pub(super) function: &'static str,
    /// What the server does, as a clause.
    pub(super) does: &'static str,
    pub(super) behaviour: Behaviour,
}

type Edit = fn(&Ask, &mut Answer, &mut Shadow);

#[expect(clippy::too_many_lines, reason = "it is a table")]
/// All of them, by function.
pub(super) fn all() -> Vec<Defect> {
    let at = |function, does, case: Case, edit: Edit| Defect {
        function,
        does,
        behaviour: Behaviour::default().at([case], edit),
    };
    let unlogged: [Case; 2] = [Case::ProfileBare, Case::ProfileBad];
    vec![
        at(
            "register_user",
            "a registration is answered 201",
            Case::Register,
            |_, answer, _| answer.set_status(201),
        ),
        at(
            "register_user",
            "a registration is answered with another message",
            Case::Register,
            |_, answer, _| {
                set(answer, "message", "user made");
            },
        ),
        at(
            "log_in_wrong_password",
            "a wrong password is let in",
            Case::LoginWrong,
            |_, answer, _| {
                *answer = Answer::json(200, &json!({"email": EMAIL, "message": "logged in"}));
            },
        ),
        at(
            "log_in_wrong_password",
            "a wrong password is answered 403",
            Case::LoginWrong,
            |_, answer, _| answer.set_status(403),
        ),
        Defect {
            function: "profile_unlogged",
            does: "somebody without a session gets a profile",
            behaviour: Behaviour::default().at(unlogged, |_, answer, _| {
                *answer = Answer::json(200, &json!({"email": EMAIL}));
            }),
        },
        Defect {
            function: "profile_unlogged",
            does: "somebody without a session is answered 401",
            behaviour: Behaviour::default().at(unlogged, |_, answer, _| answer.set_status(401)),
        },
        at(
            "log_in",
            "a login is answered 201",
            Case::Login,
            |_, answer, _| answer.set_status(201),
        ),
        at(
            "log_in",
            "a login is answered with another message",
            Case::Login,
            |_, answer, _| {
                set(answer, "message", "welcome back");
            },
        ),
        Defect {
            function: "log_in",
            does: "a password that was updated does not log in",
            behaviour: Behaviour::default().before(|case, ask, _| {
                (case == Case::Update).then(|| {
                    let email = ask.field("email").unwrap_or_default();
                    Answer::json(200, &json!({"email": email, "message": "Password updated"}))
                })
            }),
        },
        at(
            "profile_logged",
            "a live session is answered 403",
            Case::Profile,
            |_, answer, _| *answer = Answer::page(403),
        ),
        at(
            "profile_logged",
            "a profile shows another email",
            Case::Profile,
            |_, answer, _| {
                set(answer, "email", "somebody@else.example");
            },
        ),
        at(
            "log_out",
            "a logout is answered 403",
            Case::Logout,
            |_, answer, _| *answer = Answer::page(403),
        ),
        at(
            "log_out",
            "a logout is answered 500",
            Case::Logout,
            |_, answer, _| *answer = Answer::page(500),
        ),
        at(
            "reset_password_token",
            "a registered email is answered 403",
            Case::Reset,
            |_, answer, _| *answer = Answer::page(403),
        ),
        at(
            "reset_password_token",
            "the token comes under another name",
            Case::Reset,
            |_, answer, _| {
                answer.map_payload(|payload| {
                    if let Value::Object(members) = payload
                        && let Some(token) = members.remove("reset_token")
                    {
                        members.insert("token".to_owned(), token);
                    }
                });
            },
        ),
        at(
            "update_password",
            "a valid token is answered 403",
            Case::Update,
            |_, answer, _| *answer = Answer::page(403),
        ),
        at(
            "update_password",
            "an update is answered with another message",
            Case::Update,
            |_, answer, _| {
                set(answer, "message", "Password unchanged");
            },
        ),
    ]
}

fn set(answer: &mut Answer, member: &str, value: &str) {
    answer.map_payload(|payload| payload[member] = Value::String(value.to_owned()));
}
