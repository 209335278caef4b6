//! What a request means: the route and its few values, whatever the spelling.

use reqwest::Method;

use crate::http::Request;

/// The name of the cookie that carries a session (task 11).
pub const SESSION_COOKIE: &str = "session_id";

/// The documented routes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Route {
    /// `GET /` (task 6).
    Welcome,
    /// `POST /users` (task 7).
    Register,
    /// `POST /sessions` (task 11).
    LogIn,
    /// `GET /profile` (task 15).
    Profile,
    /// `DELETE /sessions` (task 14).
    LogOut,
    /// `POST /reset_password` (task 17).
    AskToken,
    /// `PUT /reset_password` (task 19).
    Update,
    /// Anything else.
    Elsewhere,
}

impl Route {
    const DOCUMENTED: [(Self, Method, &str); 7] = [
        (Self::Welcome, Method::GET, "/"),
        (Self::Register, Method::POST, "/users"),
        (Self::LogIn, Method::POST, "/sessions"),
        (Self::Profile, Method::GET, "/profile"),
        (Self::LogOut, Method::DELETE, "/sessions"),
        (Self::AskToken, Method::POST, "/reset_password"),
        (Self::Update, Method::PUT, "/reset_password"),
    ];

    /// The route of a method and a path without its query.
    pub fn of(method: &str, path: &str) -> Self {
        Self::DOCUMENTED
            .iter()
            .find(|(_, documented, place)| documented == method && *place == path)
            .map_or(Self::Elsewhere, |(route, ..)| *route)
    }

    /// The method and the path that ask for it; for anything else those of the welcome.
    pub fn asked(self) -> (Method, &'static str) {
        let mut all = Self::DOCUMENTED.into_iter();
        all.find(|(route, ..)| *route == self)
            .map_or((Method::GET, "/"), |(_, method, path)| (method, path))
    }

    /// The task of the document that asks for it; `None` for anything else.
    pub fn task(self) -> Option<u8> {
        match self {
            Self::Welcome => Some(6),
            Self::Register => Some(7),
            Self::LogIn => Some(11),
            Self::LogOut => Some(14),
            Self::Profile => Some(15),
            Self::AskToken => Some(17),
            Self::Update => Some(19),
            Self::Elsewhere => None,
        }
    }

    /// The tag of requirements about what this route accepts, as `@accepts.login` names it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Register => "registration",
            Self::LogIn => "login",
            Self::Profile => "profile",
            Self::LogOut => "logout",
            Self::AskToken => "reset",
            Self::Update => "update",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// One request, as the document reads it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Call {
    /// Which route it goes to.
    pub route: Route,
    /// The form field `email`.
    pub email: Option<String>,
    /// The form field `password`, or `new_password` in an update.
    pub password: Option<String>,
    /// The form field `reset_token`.
    pub token: Option<String>,
    /// The value of the cookie `session_id`, without quotes around it.
    pub session: Option<String>,
    /// Whether it says the same thing twice, or in a form that the document does not name: then
    /// every answer is right.
    pub unclear: bool,
}

impl Call {
    /// A call without any value.
    pub fn to(route: Route) -> Self {
        Self {
            route,
            email: None,
            password: None,
            token: None,
            session: None,
            unclear: false,
        }
    }

    /// Reads a request. `path` has no query: what stands there is no part of the document.
    pub fn read<'a>(
        method: &str,
        path: &str,
        cookies: impl IntoIterator<Item = &'a str>,
        media_type: Option<&str>,
        body: &[u8],
    ) -> Self {
        let route = Route::of(method, path);
        let sessions: Vec<&str> = cookies
            .into_iter()
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| name.trim() == SESSION_COOKIE)
            .map(|(_, value)| value.trim().trim_matches('"'))
            .collect();
        let essence = media_type.map(|full| full.split(';').next().unwrap_or_default().trim());
        let is_form = essence
            .is_none_or(|name| name.eq_ignore_ascii_case("application/x-www-form-urlencoded"));
        let form = if is_form { body } else { &[] };
        let fields: Vec<_> = form_urlencoded::parse(form).collect();
        let mut unclear = sessions.len() > 1 || (!is_form && !body.is_empty());
        let mut take = |name: &str| {
            let mut values = fields.iter().filter(|(key, _)| key == name);
            let first = values.next().map(|(_, value)| value.clone().into_owned());
            unclear |= values.next().is_some();
            // What is no text in UTF-8, or has a NUL, is nothing that a must may send.
            unclear |= first
                .as_ref()
                .is_some_and(|v| v.contains('\0') || v.contains('\u{fffd}'));
            first
        };
        Self {
            route,
            email: take("email"),
            password: take(match route {
                Route::Update => "new_password",
                _ => "password",
            }),
            token: take("reset_token"),
            session: sessions.first().map(|id| (*id).to_owned()),
            unclear,
        }
    }
}

impl From<&Request> for Call {
    fn from(request: &Request) -> Self {
        let path = request.path.split('?').next().unwrap_or_default();
        let cookies = request.cookie_header();
        let (media_type, body) = match &request.body {
            Some(body) => (Some(body.media_type), body.bytes.as_slice()),
            None => (None, [].as_slice()),
        };
        Self::read(
            request.method.as_str(),
            path,
            cookies.as_deref(),
            media_type,
            body,
        )
    }
}

/// Whether two ids differ in nothing that the decisions let a server overlook: case, hyphens,
/// outer blanks.
pub(super) fn alike(one: &str, other: &str) -> bool {
    fn plain(id: &str) -> impl Iterator<Item = u8> {
        let letters = id.trim().bytes().filter(|byte| *byte != b'-');
        letters.map(|byte| byte.to_ascii_lowercase())
    }
    begin_alike(one, other) && plain(one).eq(plain(other))
}

/// Whether two emails differ in nothing but letter case and outer blanks, which REG-11 is about.
pub(super) fn alike_email(one: &str, other: &str) -> bool {
    begin_alike(one, other) && one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Whether the first characters do not tell two values apart already, as most of a run's do.
fn begin_alike(one: &str, other: &str) -> bool {
    match (one.as_bytes(), other.as_bytes()) {
        ([one, ..], [other, ..])
            if one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric() =>
        {
            one.eq_ignore_ascii_case(other)
        }
        _ => true,
    }
}
