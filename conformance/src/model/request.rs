//! A step of a history as a request.

use super::{Call, Route, spelling::Spelling};

/// A step as a request.
#[derive(Clone, Debug)]
pub struct Request {
    /// The route.
    pub route: Route,
    /// The form's fields.
    pub fields: Vec<(&'static str, String)>,
    /// The session cookie.
    pub session: Option<String>,
    /// Where the live session is put instead of the cookie `session_id`.
    pub misplaced: Option<(usize, String)>,
    /// How it is written.
    pub spelling: Spelling,
    /// What a story says of it.
    pub told: String,
    /// Which value is a near miss, made from which right one by which `sed` expression.
    pub near: Option<(String, String, &'static str)>,
}

/// The wrong places for a live session: cookies of another name, and the query.
pub const MISPLACED: [&str; 6] = [
    "other",
    "old_session_id",
    "SESSION_ID",
    "session",
    "session_id2",
    "the query",
];

impl Request {
    pub(super) fn to(route: Route, told: String) -> Self {
        Self {
            route,
            fields: Vec::new(),
            session: None,
            misplaced: None,
            spelling: Spelling::Plain,
            told,
            near: None,
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// What the document reads in it.
    pub fn call(&self) -> Call {
        let field = |name: &str| {
            self.fields
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.clone())
        };
        Call {
            email: field("email"),
            password: field("password").or_else(|| field("new_password")),
            token: field("reset_token"),
            session: self.session.clone(),
            ..Call::to(self.route)
        }
    }
}
