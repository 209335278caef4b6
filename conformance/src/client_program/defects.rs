//! What a client program has to notice: a server that is wrong in the subject of one function, in
//! a way that nothing but an assertion sees. A status is wrong while everything else is as
//! documented; a payload is wrong in what no later call needs.

use super::{
    calls::{EMAIL, FUNCTIONS},
    requirements::{PAYLOADS, id},
};
use crate::{
    proof::{
        proxy::Middleware,
        subject::{
            edits::{Edit, middleware},
            prelude::*,
        },
    },
    suite::Level,
};

/// A server that is wrong in one way.
#[derive(Clone, Debug)]
pub(super) struct Defect {
    /// The function whose assertion is about it.
    pub(super) function: &'static str,
    /// A must where a status is wrong or something that a caller needs is missing, a should where a
    /// payload is wrong.
    pub(super) level: Level,
    /// What the server does, as a clause.
    pub(super) does: String,
    /// What the requests are that it answers so.
    pub(super) cases: &'static [Case],
    pub(super) middleware: Middleware,
}

impl Defect {
    /// The requirement that fails where the program does not notice.
    pub(super) fn requirement(&self) -> String {
        if self.level == Level::Must {
            id(self.function)
        } else {
            PAYLOADS.to_owned()
        }
    }
}

/// The functions whose answers have a payload, with what their requests are.
const WITH_PAYLOAD: [(&str, &[Case], &str); 5] = [
    ("register_user", &[Case::Register], "a registration"),
    ("log_in", &[Case::Login], "a login"),
    ("profile_logged", &[Case::Profile], "a profile"),
    ("reset_password_token", &[Case::Reset], "a reset token"),
    ("update_password", &[Case::Update], "an update"),
];

const UNLOGGED: &[Case] = &[Case::ProfileBare, Case::ProfileBad];

/// Answers with a wrong status, or without what a caller needs.
#[rustfmt::skip] // A table reads best as one.
const ANSWERS: [(&str, &str, &[Case], Edit); 14] = [
    ("register_user", "a registration is answered 201", &[Case::Register], Status(201)),
    ("log_in_wrong_password", "a wrong password is let in", &[Case::LoginWrong], Succeed),
    ("log_in_wrong_password", "a wrong password is answered 403", &[Case::LoginWrong], Status(403)),
    ("profile_unlogged", "somebody without a session gets a profile", UNLOGGED,
     After(|_, _, response, _| *response = profile_of(EMAIL))),
    ("profile_unlogged", "somebody without a session is answered 401", UNLOGGED, Status(401)),
    ("log_in", "a login is answered 201", &[Case::Login], Status(201)),
    ("log_in", "a login sets no cookie", &[Case::Login],
     WithoutHeader("set-cookie")),
    ("log_in", "a password that was updated does not log in", &[Case::LoginWrong],
     All(&[(&[Case::Update], Feign(|_, _| true))])),
    ("profile_logged", "a profile is answered 201", &[Case::Profile], Status(201)),
    ("log_out", "a logout is answered 403", &[Case::Logout], Refuse(403)),
    ("log_out", "a logout is answered 500", &[Case::Logout], Refuse(500)),
    ("reset_password_token", "a reset token is answered 201", &[Case::Reset], Status(201)),
    ("reset_password_token", "a payload lacks its reset token", &[Case::Reset],
     Without("reset_token")),
    ("update_password", "an update is answered 201", &[Case::Update], Status(201)),
];

/// All of them, by function.
pub(super) fn all() -> Vec<Defect> {
    let answers = ANSWERS
        .into_iter()
        .map(|(function, does, cases, edit)| Defect {
            function,
            level: Level::Must,
            does: does.to_owned(),
            cases,
            middleware: middleware(cases, edit),
        });
    let payloads = WITH_PAYLOAD.into_iter().flat_map(payloads);
    let mut all: Vec<Defect> = answers.chain(payloads).collect();
    all.sort_by_key(|defect| FUNCTIONS.iter().position(|name| *name == defect.function));
    all
}

fn payloads((function, cases, subject): (&'static str, &'static [Case], &str)) -> Vec<Defect> {
    let defect = |does: &str, edit: Edit| Defect {
        function,
        level: Level::Should,
        does: format!("the payload of {subject} {does}"),
        cases,
        middleware: middleware(cases, edit),
    };
    let mut all = vec![
        defect(
            "has another email",
            Member("email", r#""somebody@else.example""#),
        ),
        defect("lacks its email", Without("email")),
    ];
    if !matches!(function, "profile_logged" | "reset_password_token") {
        let words = r#""something else""#;
        all.push(defect("has another message", Member("message", words)));
    }
    all
}
