//! What a client program has to notice: a server that is wrong in the subject of one function, in
//! a way that nothing but an assertion sees. A status is wrong while everything else is as
//! documented; a payload is wrong in what no later call needs.

use serde_json::{Value, json};

use super::calls::{EMAIL, FUNCTIONS};
use crate::proxy::{Answer, Ask, Behaviour, Case, Shadow};

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum What {
    /// Its status, or something that a caller needs is not in it.
    Answer,
    /// Its payload.
    Payload,
}

/// A server that is wrong in one way.
pub(super) struct Defect {
    /// The function whose assertion is about it.
    pub(super) function: &'static str,
    pub(super) what: What,
    /// What the server does, as a clause.
    pub(super) does: String,
    /// What the requests are that it answers so.
    pub(super) cases: &'static [Case],
    pub(super) behaviour: Behaviour,
}

type Edit = fn(&Ask, &mut Answer, &mut Shadow);

/// The functions whose answers have a payload, with what their requests are.
const PAYLOADS: [(&str, &[Case], &str); 5] = [
    ("register_user", &[Case::Register], "a registration"),
    ("log_in", &[Case::Login], "a login"),
    ("profile_logged", &[Case::Profile], "a profile"),
    ("reset_password_token", &[Case::Reset], "a reset token"),
    ("update_password", &[Case::Update], "an update"),
];

/// All of them, by function.
pub(super) fn all() -> Vec<Defect> {
    let mut all = answers();
    all.extend(payloads());
    all.sort_by_key(|defect| FUNCTIONS.iter().position(|name| *name == defect.function));
    all
}

const UNLOGGED: &[Case] = &[Case::ProfileBare, Case::ProfileBad];

/// Answers with a wrong status, or without what a caller needs.
const ANSWERS: [(&str, &str, &[Case], Edit); 13] = [
    (
        "register_user",
        "a registration is answered 201",
        &[Case::Register],
        |_, answer, _| answer.set_status(201),
    ),
    (
        "log_in_wrong_password",
        "a wrong password is let in",
        &[Case::LoginWrong],
        |_, answer, _| {
            *answer = Answer::json(200, &json!({"email": EMAIL, "message": "logged in"}));
        },
    ),
    (
        "log_in_wrong_password",
        "a wrong password is answered 403",
        &[Case::LoginWrong],
        |_, answer, _| answer.set_status(403),
    ),
    (
        "profile_unlogged",
        "somebody without a session gets a profile",
        UNLOGGED,
        |_, answer, _| *answer = Answer::json(200, &json!({"email": EMAIL})),
    ),
    (
        "profile_unlogged",
        "somebody without a session is answered 401",
        UNLOGGED,
        |_, answer, _| answer.set_status(401),
    ),
    (
        "log_in",
        "a login is answered 201",
        &[Case::Login],
        |_, answer, _| answer.set_status(201),
    ),
    (
        "log_in",
        "a login sets no cookie",
        &[Case::Login],
        |_, answer, _| {
            answer.headers.remove(hyper::header::SET_COOKIE);
        },
    ),
    (
        "profile_logged",
        "a profile is answered 201",
        &[Case::Profile],
        |_, answer, _| answer.set_status(201),
    ),
    (
        "log_out",
        "a logout is answered 403",
        &[Case::Logout],
        |_, answer, _| *answer = Answer::page(403),
    ),
    (
        "log_out",
        "a logout is answered 500",
        &[Case::Logout],
        |_, answer, _| *answer = Answer::page(500),
    ),
    (
        "reset_password_token",
        "a reset token is answered 201",
        &[Case::Reset],
        |_, answer, _| answer.set_status(201),
    ),
    (
        "reset_password_token",
        "a payload lacks its reset token",
        &[Case::Reset],
        |_, answer, _| lack(answer, "reset_token"),
    ),
    (
        "update_password",
        "an update is answered 201",
        &[Case::Update],
        |_, answer, _| answer.set_status(201),
    ),
];

fn answers() -> Vec<Defect> {
    let mut all: Vec<Defect> = ANSWERS
        .into_iter()
        .map(|(function, does, cases, edit)| Defect {
            function,
            what: What::Answer,
            does: does.to_owned(),
            cases,
            behaviour: Behaviour::default().at(cases, edit),
        })
        .collect();
    all.push(Defect {
        function: "log_in",
        what: What::Answer,
        does: "a password that was updated does not log in".to_owned(),
        cases: &[Case::LoginWrong],
        behaviour: Behaviour::default().before(|case, ask, _| {
            (case == Case::Update).then(|| {
                let email = ask.field("email").unwrap_or_default();
                Answer::json(200, &json!({"email": email, "message": "Password updated"}))
            })
        }),
    });
    all
}

fn payloads() -> Vec<Defect> {
    let mut all = Vec::new();
    for (function, cases, subject) in PAYLOADS {
        let mut add = |does: &str, edit: Edit| {
            all.push(Defect {
                function,
                what: What::Payload,
                does: format!("the payload of {subject} {does}"),
                cases,
                behaviour: Behaviour::default().at(cases, edit),
            });
        };
        add("has another email", |_, answer, _| {
            set(answer, "email", "somebody@else.example");
        });
        add("lacks its email", |_, answer, _| lack(answer, "email"));
        if !matches!(function, "profile_logged" | "reset_password_token") {
            add("has another message", |_, answer, _| {
                set(answer, "message", "something else");
            });
        }
    }
    all
}

fn set(answer: &mut Answer, member: &str, value: &str) {
    answer.map_payload(|payload| payload[member] = Value::String(value.to_owned()));
}

fn lack(answer: &mut Answer, member: &str) {
    answer.map_payload(|payload| {
        if let Value::Object(members) = payload {
            members.remove(member);
        }
    });
}
