//! The nine calls that the document's program makes, by eight functions (task 20).

use hyper::Method;

use super::record::Recorded;
use crate::{http::Mismatch, proof::proxy::Case};

/// The three constants of the document.
pub(super) const EMAIL: &str = "guillaume@holberton.io";
const PASSWD: &str = "b4l0u";
const NEW_PASSWD: &str = "t4rt1fl3tt3";

/// One call, as the document has it.
#[derive(Debug)]
pub(super) struct Call {
    /// The call as the document writes it.
    pub(super) written: &'static str,
    /// The function.
    pub(super) function: &'static str,
    method: Method,
    path: &'static str,
    /// The form fields with the values that the document's constants give them; an empty value
    /// stands for one that the server made.
    fields: &'static [(&'static str, &'static str)],
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

/// The calls in their order.
pub(super) fn documented() -> Vec<Call> {
    let call = |written: &'static str, method: Method, path, fields, cases| Call {
        written,
        function: written.split('(').next().unwrap_or(written),
        method,
        path,
        fields,
        cases,
    };
    let credentials: &[(&str, &str)] = &[("email", EMAIL), ("password", PASSWD)];
    let new_credentials: &[(&str, &str)] = &[("email", EMAIL), ("password", NEW_PASSWD)];
    vec![
        call(
            "register_user(EMAIL, PASSWD)",
            Method::POST,
            "/users",
            credentials,
            &[Case::Register],
        ),
        call(
            "log_in_wrong_password(EMAIL, NEW_PASSWD)",
            Method::POST,
            "/sessions",
            new_credentials,
            &[Case::LoginWrong],
        ),
        // Without a session, be it no cookie or one that nobody holds.
        call(
            "profile_unlogged()",
            Method::GET,
            "/profile",
            &[],
            &[Case::ProfileBare, Case::ProfileBad],
        ),
        call(
            "log_in(EMAIL, PASSWD)",
            Method::POST,
            "/sessions",
            credentials,
            &[Case::Login],
        ),
        call(
            "profile_logged(session_id)",
            Method::GET,
            "/profile",
            &[],
            &[Case::Profile],
        ),
        call(
            "log_out(session_id)",
            Method::DELETE,
            "/sessions",
            &[],
            &[Case::Logout],
        ),
        call(
            "reset_password_token(EMAIL)",
            Method::POST,
            "/reset_password",
            &[("email", EMAIL)],
            &[Case::Reset],
        ),
        call(
            "update_password(EMAIL, reset_token, NEW_PASSWD)",
            Method::PUT,
            "/reset_password",
            &[
                ("email", EMAIL),
                ("reset_token", ""),
                ("new_password", NEW_PASSWD),
            ],
            &[Case::Update],
        ),
        call(
            "log_in(EMAIL, NEW_PASSWD)",
            Method::POST,
            "/sessions",
            new_credentials,
            &[Case::Login],
        ),
    ]
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
