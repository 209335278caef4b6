//! The documented answers, and what is tried in place of each. A route that is added here has its
//! faults.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    model::Route,
    proof::proxy::{Case, Request, Response},
};

/// The cases of `POST /users`.
pub(crate) const REGISTRATIONS: &[Case] = &[Case::Register, Case::RegisterTaken, Case::RegisterOdd];
/// The cases of `POST /sessions`.
pub(crate) const LOGINS: &[Case] = &[
    Case::Login,
    Case::LoginWrong,
    Case::LoginUnknown,
    Case::LoginOdd,
];
/// The cases of `GET /profile`.
pub(crate) const PROFILES: &[Case] = &[
    Case::Profile,
    Case::ProfileEnded,
    Case::ProfileBare,
    Case::ProfileBad,
];
/// The cases of `DELETE /sessions`.
pub(crate) const LOGOUTS: &[Case] = &[
    Case::Logout,
    Case::LogoutEnded,
    Case::LogoutBare,
    Case::LogoutBad,
];
/// The cases of `POST /reset_password`.
pub(crate) const TOKENS: &[Case] = &[Case::Reset, Case::ResetUnknown, Case::ResetOdd];
/// The cases of `PUT /reset_password`.
pub(crate) const UPDATES: &[Case] = &[
    Case::Update,
    Case::UpdateMismatch,
    Case::UpdateUsed,
    Case::UpdateReplaced,
    Case::UpdateBad,
    Case::UpdateOdd,
];

/// What a member of a payload holds.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    /// The email of the user.
    Email,
    /// A new token.
    Token,
    /// These words.
    Words(&'static str),
}

/// A documented answer, and what is tried in place of it.
pub(crate) struct Documented {
    pub(crate) case: Case,
    /// How the ids of its faults begin.
    pub(crate) id: &'static str,
    /// What must catch a wrong one.
    pub(crate) caught_by: &'static [&'static str],
    pub(crate) route: Route,
    pub(crate) status: u16,
    pub(crate) payload: &'static [(&'static str, Holds)],
    /// The sentence about a wrong status, where `{}` is the number and `{reason}` the number with
    /// its name.
    pub(crate) sentence: &'static str,
    /// Statuses that come with the documented payload.
    pub(crate) kept: &'static [u16],
    /// Statuses that come with an error page.
    pub(crate) refused: &'static [u16],
    /// What the payload is called in a sentence.
    pub(crate) called: &'static str,
    /// The members that are left out, one by one.
    pub(crate) left_out: &'static [&'static str],
    pub(crate) media_types: &'static [&'static str],
}

/// What most answers say of themselves.
const PLAIN: Documented = Documented {
    case: Case::Elsewhere,
    id: "",
    caught_by: &[],
    route: Route::Elsewhere,
    status: 403,
    payload: &[],
    sentence: "",
    kept: &[],
    refused: &[],
    called: "",
    left_out: &[],
    media_types: &[],
};

#[rustfmt::skip] // A table reads best as one.
pub(crate) const DOCUMENTED: &[Documented] = &[
    Documented { case: Case::Welcome, id: "welcome", caught_by: &["ROOT-1"], route: Route::Welcome,
        status: 200, payload: &[("message", Holds::Words("Bienvenue"))],
        sentence: "The welcome is answered with {}.", kept: &[201], refused: &[500],
        called: "The welcome's payload", ..PLAIN },
    Documented { case: Case::Register, id: "register", caught_by: &["REG-1", "E2E-1"], route: Route::Register,
        status: 200, payload: &[("email", Holds::Email), ("message", Holds::Words("user created"))],
        sentence: "A registration is answered with {reason}.", kept: &[201, 202],
        called: "A registration's payload", left_out: &["email", "message"],
        media_types: &["text/html"], ..PLAIN },
    Documented { case: Case::RegisterTaken, id: "register-taken", caught_by: &["REG-2"], route: Route::Register,
        status: 400, payload: &[("message", Holds::Words("email already registered"))],
        sentence: "A taken email gets the documented message with status {}.",
        kept: &[200, 409, 403, 401, 422],
        called: "The payload for a taken email", media_types: &["text/html"], ..PLAIN },
    Documented { case: Case::Login, id: "login", caught_by: &["LOGIN-1", "E2E-1"], route: Route::LogIn,
        status: 200, payload: &[("email", Holds::Email), ("message", Holds::Words("logged in"))],
        sentence: "A login is answered with {reason}.", kept: &[201, 202],
        called: "A login's payload", left_out: &["email", "message"],
        media_types: &["text/plain"], ..PLAIN },
    Documented { case: Case::LoginWrong, id: "login-wrong-password",
        caught_by: &["LOGIN-4", "LOGIN-6", "E2E-1"], route: Route::LogIn, status: 401,
        sentence: "A wrong password is answered with {}.", refused: &[400, 403, 404, 500], ..PLAIN },
    Documented { case: Case::LoginUnknown, id: "login-unknown-email", caught_by: &["LOGIN-5"],
        route: Route::LogIn, status: 401, sentence: "An unknown email is answered with {} at login.",
        refused: &[400, 403, 404], ..PLAIN },
    Documented { case: Case::Profile, id: "profile", caught_by: &["PROFILE-1", "E2E-1"],
        route: Route::Profile, status: 200, payload: &[("email", Holds::Email)],
        sentence: "A profile is answered with {}.", kept: &[201, 203],
        called: "A profile's payload", media_types: &["text/json"], ..PLAIN },
    Documented { case: Case::ProfileBare, id: "profile-bare", caught_by: &["PROFILE-2", "E2E-1"],
        route: Route::Profile, sentence: "A profile without a cookie is answered with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
    Documented { case: Case::ProfileBad, id: "profile-bad-id", caught_by: &["PROFILE-3"],
        route: Route::Profile, sentence: "A profile with an unknown session is answered with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
    Documented { case: Case::ProfileEnded, id: "profile-ended", caught_by: &["LOGOUT-2"],
        route: Route::Profile, sentence: "The profile of an ended session is answered with {}.",
        refused: &[401, 500], ..PLAIN },
    Documented { case: Case::Logout, id: "logout", caught_by: &["LOGOUT-1", "E2E-1"],
        route: Route::LogOut, status: 302, sentence: "A logout is answered with {}.",
        refused: &[204], ..PLAIN },
    Documented { case: Case::LogoutEnded, id: "logout-ended", caught_by: &["LOGOUT-2"],
        route: Route::LogOut, sentence: "A second logout is answered with {}.",
        refused: &[404, 500], ..PLAIN },
    Documented { case: Case::LogoutBare, id: "logout-bare", caught_by: &["LOGOUT-3"],
        route: Route::LogOut, sentence: "A logout without a cookie is answered with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
    Documented { case: Case::LogoutBad, id: "logout-bad-id", caught_by: &["LOGOUT-4"],
        route: Route::LogOut, sentence: "A logout with an unknown session is answered with {}.",
        refused: &[401, 404, 500], ..PLAIN },
    Documented { case: Case::Reset, id: "reset", caught_by: &["RESET-1", "E2E-1"], route: Route::AskToken,
        status: 200, payload: &[("email", Holds::Email), ("reset_token", Holds::Token)],
        sentence: "A reset token is answered with {reason}.", kept: &[201, 202],
        called: "The payload with the token", left_out: &["email"],
        media_types: &["application/octet-stream"], ..PLAIN },
    Documented { case: Case::ResetUnknown, id: "reset-unknown-email", caught_by: &["RESET-2"],
        route: Route::AskToken, sentence: "A token for an unknown email is refused with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
    Documented { case: Case::Update, id: "update", caught_by: &["UPDATE-1", "E2E-1"], route: Route::Update,
        status: 200, payload: &[("email", Holds::Email), ("message", Holds::Words("Password updated"))],
        sentence: "A password update is answered with {}.", kept: &[201, 202], refused: &[204],
        called: "An update's payload", left_out: &["email", "message"], ..PLAIN },
    Documented { case: Case::UpdateUsed, id: "update-used-token", caught_by: &["UPDATE-3"],
        route: Route::Update, sentence: "A used token is refused with {}.", refused: &[400, 500], ..PLAIN },
    Documented { case: Case::UpdateReplaced, id: "update-replaced-token", caught_by: &["RESET-4"],
        route: Route::Update, sentence: "A token that a newer one replaced is refused with {}.",
        refused: &[404], ..PLAIN },
    Documented { case: Case::UpdateBad, id: "update-bad-token", caught_by: &["UPDATE-4"],
        route: Route::Update, sentence: "An unknown token is refused with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
];

impl Documented {
    fn response(&self, email: &Value) -> Response {
        match self.status {
            302 => Response::redirect(302, "/"),
            status if self.payload.is_empty() => Response::page(status),
            status => {
                let members = self.payload.iter().map(|(name, holds)| {
                    let value = match holds {
                        Holds::Email => email.clone(),
                        Holds::Token => json!(Uuid::new_v4().to_string()),
                        Holds::Words(words) => json!(words),
                    };
                    (*name, value)
                });
                Response::json(status, &members.collect())
            }
        }
    }
}

/// What a conforming server answers where the request succeeds, a cookie apart; the welcome for
/// what is not documented.
pub(crate) fn success(request: &Request) -> Response {
    let email = request.field("email").unwrap_or_default();
    success_of(request, &json!(email)).unwrap_or_else(welcome)
}

/// The documented success of a request, a cookie apart, with this email in it.
pub(crate) fn success_of(request: &Request, email: &Value) -> Option<Response> {
    first(request, Case::succeeds).map(|documented| documented.response(email))
}

/// A documented refusal of a request, where its route has one.
pub(crate) fn refusal(request: &Request) -> Option<Response> {
    first(request, Case::is_refused).map(|documented| documented.response(&Value::Null))
}

fn first(request: &Request, of: fn(Case) -> bool) -> Option<&'static Documented> {
    let route = Route::of(request.method.as_str(), &request.path);
    DOCUMENTED
        .iter()
        .find(|known| known.route == route && of(known.case))
}

/// The documented welcome.
pub(crate) fn welcome() -> Response {
    DOCUMENTED[0].response(&Value::Null)
}

/// The profile of this user, whoever asked.
pub(crate) fn profile_of(email: &str) -> Response {
    Response::json(200, &json!({"email": email}))
}
