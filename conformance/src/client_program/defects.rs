//! What a client program has to notice: a server that is wrong in the subject of one function, in
//! a way that nothing but an assertion sees. A status is wrong while everything else is as
//! documented; a payload is wrong in what no later call needs.

use super::calls::{EMAIL, FUNCTIONS};
use crate::proof::{
    proxy::{Case, Middleware},
    subject::{
        documented::profile_of,
        edits::{
            self,
            Edit::{self, After, Feign, Member, Refuse, Status, Succeed, Without, WithoutHeader},
        },
    },
};

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum What {
    /// Its status, or something that a caller needs is not in it.
    Response,
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
    pub(super) middleware: Middleware,
}

/// The functions whose answers have a payload, with what their requests are.
const PAYLOADS: [(&str, &[Case], &str); 5] = [
    ("register_user", &[Case::Register], "a registration"),
    ("log_in", &[Case::Login], "a login"),
    ("profile_logged", &[Case::Profile], "a profile"),
    ("reset_password_token", &[Case::Reset], "a reset token"),
    ("update_password", &[Case::Update], "an update"),
];

const UNLOGGED: &[Case] = &[Case::ProfileBare, Case::ProfileBad];

/// Answers with a wrong status, or without what a caller needs.
#[rustfmt::skip] // A table reads best as one.
const ANSWERS: [(&str, &str, &[Case], Edit); 13] = [
    ("register_user", "a registration is answered 201", &[Case::Register], Status(201)),
    ("log_in_wrong_password", "a wrong password is let in", &[Case::LoginWrong], Succeed),
    ("log_in_wrong_password", "a wrong password is answered 403", &[Case::LoginWrong], Status(403)),
    ("profile_unlogged", "somebody without a session gets a profile", UNLOGGED,
     After(|_, _, response, _| *response = profile_of(EMAIL))),
    ("profile_unlogged", "somebody without a session is answered 401", UNLOGGED, Status(401)),
    ("log_in", "a login is answered 201", &[Case::Login], Status(201)),
    ("log_in", "a login sets no cookie", &[Case::Login],
     WithoutHeader("set-cookie")),
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
    let mut all: Vec<Defect> = ANSWERS
        .into_iter()
        .map(|(function, does, cases, edit)| Defect {
            function,
            what: What::Response,
            does: does.to_owned(),
            cases,
            middleware: edits::middleware(cases, edit),
        })
        .collect();
    all.push(Defect {
        function: "log_in",
        what: What::Response,
        does: "a password that was updated does not log in".to_owned(),
        cases: &[Case::LoginWrong],
        middleware: edits::middleware(&[Case::Update], Feign(|_, _| true)),
    });
    all.extend(PAYLOADS.into_iter().flat_map(payloads));
    all.sort_by_key(|defect| FUNCTIONS.iter().position(|name| *name == defect.function));
    all
}

fn payloads((function, cases, subject): (&'static str, &'static [Case], &str)) -> Vec<Defect> {
    let defect = |does: &str, edit: Edit| Defect {
        function,
        what: What::Payload,
        does: format!("the payload of {subject} {does}"),
        cases,
        middleware: edits::middleware(cases, edit),
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
