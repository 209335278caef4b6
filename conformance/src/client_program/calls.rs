//! The nine calls that the document's program makes, by eight functions (task 20).

use hyper::Method;

use super::record::Recorded;
use crate::{http::Mismatch, proof::proxy::Case};

/// The three constants of the document.
pub(super) const EMAIL: &str = "guillaume@holberton.io";
const PASSWD: &str = "b4l0u";
const NEW_PASSWD: &str = "t4rt1fl3tt3";

/// Form fields with the values that the document's constants give them; an empty value stands for
/// one that the server made.
type Fields = &'static [(&'static str, &'static str)];

/// One call, as the document has it.
#[derive(Debug)]
pub(super) struct Call {
    /// The call as the document writes it.
    pub(super) written: &'static str,
    /// The function.
    pub(super) function: &'static str,
    method: Method,
    path: &'static str,
    fields: Fields,
    /// What the request is to a server that has seen the calls before it.
    cases: &'static [Case],
}

/// The functions, in the order of their first calls.
pub(super) const FUNCTIONS: [&str; 8] = [
    "register_user",
    "log_in_wrong_password",
    "profile_unlogged",
    "log_in",
    "profile_logged",
    "log_out",
    "reset_password_token",
    "update_password",
];

const CREDENTIALS: Fields = &[("email", EMAIL), ("password", PASSWD)];
const NEW_CREDENTIALS: Fields = &[("email", EMAIL), ("password", NEW_PASSWD)];
const UPDATE: Fields = &[
    ("email", EMAIL),
    ("reset_token", ""),
    ("new_password", NEW_PASSWD),
];

/// The calls in their order.
#[rustfmt::skip] // A table reads best as one.
pub(super) fn documented() -> [Call; 9] {
    [
        ("register_user(EMAIL, PASSWD)", Method::POST, "/users", CREDENTIALS, &[Case::Register][..]),
        ("log_in_wrong_password(EMAIL, NEW_PASSWD)", Method::POST, "/sessions", NEW_CREDENTIALS, &[Case::LoginWrong]),
        // Without a session, be it no cookie or one that nobody holds.
        ("profile_unlogged()", Method::GET, "/profile", &[], &[Case::ProfileBare, Case::ProfileBad]),
        ("log_in(EMAIL, PASSWD)", Method::POST, "/sessions", CREDENTIALS, &[Case::Login]),
        ("profile_logged(session_id)", Method::GET, "/profile", &[], &[Case::Profile]),
        ("log_out(session_id)", Method::DELETE, "/sessions", &[], &[Case::Logout]),
        ("reset_password_token(EMAIL)", Method::POST, "/reset_password", &[("email", EMAIL)], &[Case::Reset]),
        ("update_password(EMAIL, reset_token, NEW_PASSWD)", Method::PUT, "/reset_password", UPDATE, &[Case::Update]),
        ("log_in(EMAIL, NEW_PASSWD)", Method::POST, "/sessions", NEW_CREDENTIALS, &[Case::Login]),
    ]
    .map(|(written, method, path, fields, cases)| Call {
        written,
        function: written.split('(').next().unwrap_or(written),
        method,
        path,
        fields,
        cases,
    })
}

impl Call {
    /// Whether a request goes where this call goes.
    pub(super) fn goes_to(&self, recorded: &Recorded) -> bool {
        recorded.request.is(&self.method, self.path)
    }

    /// The line of the request.
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// What is wrong with a request that should be this call.
    pub(super) fn mismatches(&self, recorded: &Recorded) -> Vec<Mismatch> {
        if !self.goes_to(recorded) {
            return vec![Mismatch::new("request", self.line(), recorded.line())];
        }
        let mut mismatches = Vec::new();
        for (name, value) in self.fields {
            let came = recorded.request.field(name);
            let right = came
                .as_deref()
                .is_some_and(|came| value.is_empty() || came == *value);
            if !right {
                let expected = if value.is_empty() {
                    "the token that the server gave"
                } else {
                    value
                };
                mismatches.push(Mismatch::new(
                    format!("form field \"{name}\""),
                    expected,
                    came.unwrap_or_else(|| "no such field".to_owned()),
                ));
            }
        }
        if mismatches.is_empty() && !self.cases.contains(&recorded.case) {
            mismatches.push(Mismatch::new(
                "request",
                self.written,
                format!(
                    "{} that a server takes for {:?}",
                    recorded.line(),
                    recorded.case
                ),
            ));
        }
        mismatches
    }
}
