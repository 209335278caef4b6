//! What a step of a history asks in the state in which its turn comes.

use super::{
    Call, Route, State,
    history::{NAMES, Step},
    spelling::Spelling,
    turn::Turn,
    values::{Person, Source},
};

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

impl Step {
    /// The request, or nothing where the state has no such thing, such as a session that ended.
    pub fn request(&self, people: &[Person], source: &Source, state: &State) -> Option<Request> {
        let person = people.get(self.who)?;
        let turn = Turn {
            step: self,
            people,
            source,
            state,
            person,
            account: state.account(&person.email),
            name: NAMES[self.who % NAMES.len()],
        };
        let mut request = turn.request()?;
        if !matches!(request.route, Route::Profile | Route::LogOut) {
            let (carried, what) = turn.carried()?;
            request.session = carried;
            request.told.push_str(what);
        }
        request.spelling = self.spelling;
        if let Some(how) = self.spelling.describe() {
            request.told = format!("{}, {how}", request.told);
        }
        Some(request)
    }

    /// Who is logged in on the device that the step shares.
    pub fn whose_session(&self, people: &[Person], state: &State) -> Option<usize> {
        let mut others = (1..people.len()).map(|step| (self.who + step) % people.len());
        others.find(|who| {
            let account = state.account(&people[*who].email);
            account.is_some_and(|account| account.session.is_some())
        })
    }
}
