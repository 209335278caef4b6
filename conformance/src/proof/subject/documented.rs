//! The documented answers, and the faults that follow from them: a status, a member, a word or a
//! media type in place of the documented one. A route that is added here has its faults.

use std::sync::LazyLock;

use hyper::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::edits::{Edit, Row};
use crate::proof::proxy::{Case, Request, Response};

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
enum Holds {
    /// The email of the user.
    Email,
    /// A new token.
    Token,
    /// These words.
    Words(&'static str),
}

/// A documented answer, and what is tried in place of it.
struct Documented {
    case: Case,
    /// How the ids of its faults begin.
    id: &'static str,
    /// What must catch a wrong one.
    caught_by: &'static [&'static str],
    route: (&'static str, &'static str),
    status: u16,
    payload: &'static [(&'static str, Holds)],
    /// The sentence about a wrong status, where `{}` is the number and `{reason}` the number with
    /// its name.
    sentence: &'static str,
    /// Statuses that come with the documented payload.
    kept: &'static [u16],
    /// Statuses that come with an error page.
    refused: &'static [u16],
    /// What the payload is called in a sentence.
    called: &'static str,
    /// The members that are left out, one by one.
    left_out: &'static [&'static str],
    media_types: &'static [&'static str],
}

/// What most answers say of themselves.
const PLAIN: Documented = Documented {
    case: Case::Elsewhere,
    id: "",
    caught_by: &[],
    route: ("", ""),
    status: 403,
    payload: &[],
    sentence: "",
    kept: &[],
    refused: &[],
    called: "",
    left_out: &[],
    media_types: &[],
};

const ROOT: (&str, &str) = ("GET", "/");
const USERS: (&str, &str) = ("POST", "/users");
const LOG_IN: (&str, &str) = ("POST", "/sessions");
const LOG_OUT: (&str, &str) = ("DELETE", "/sessions");
const PROFILE: (&str, &str) = ("GET", "/profile");
const TOKEN: (&str, &str) = ("POST", "/reset_password");
const UPDATE: (&str, &str) = ("PUT", "/reset_password");

#[rustfmt::skip] // A table reads best as one.
const DOCUMENTED: &[Documented] = &[
    Documented { case: Case::Welcome, id: "welcome", caught_by: &["ROOT-1"], route: ROOT,
        status: 200, payload: &[("message", Holds::Words("Bienvenue"))],
        sentence: "The welcome is answered with {}.", kept: &[201], refused: &[500],
        called: "The welcome's payload", ..PLAIN },
    Documented { case: Case::Register, id: "register", caught_by: &["REG-1", "E2E-1"], route: USERS,
        status: 200, payload: &[("email", Holds::Email), ("message", Holds::Words("user created"))],
        sentence: "A registration is answered with {reason}.", kept: &[201, 202],
        called: "A registration's payload", left_out: &["email", "message"],
        media_types: &["text/html"], ..PLAIN },
    Documented { case: Case::RegisterTaken, id: "register-taken", caught_by: &["REG-2"], route: USERS,
        status: 400, payload: &[("message", Holds::Words("email already registered"))],
        sentence: "A taken email gets the documented message with status {}.",
        kept: &[200, 409, 403, 401, 422],
        called: "The payload for a taken email", media_types: &["text/html"], ..PLAIN },
    Documented { case: Case::Login, id: "login", caught_by: &["LOGIN-1", "E2E-1"], route: LOG_IN,
        status: 200, payload: &[("email", Holds::Email), ("message", Holds::Words("logged in"))],
        sentence: "A login is answered with {reason}.", kept: &[201, 202],
        called: "A login's payload", left_out: &["email", "message"],
        media_types: &["text/plain"], ..PLAIN },
    Documented { case: Case::LoginWrong, id: "login-wrong-password",
        caught_by: &["LOGIN-4", "LOGIN-6", "E2E-1"], route: LOG_IN, status: 401,
        sentence: "A wrong password is answered with {}.", refused: &[400, 403, 404, 500], ..PLAIN },
    Documented { case: Case::LoginUnknown, id: "login-unknown-email", caught_by: &["LOGIN-5"],
        route: LOG_IN, status: 401, sentence: "An unknown email is answered with {} at login.",
        refused: &[400, 403, 404], ..PLAIN },
    Documented { case: Case::Profile, id: "profile", caught_by: &["PROFILE-1", "E2E-1"],
        route: PROFILE, status: 200, payload: &[("email", Holds::Email)],
        sentence: "A profile is answered with {}.", kept: &[201, 203],
        called: "A profile's payload", media_types: &["text/json"], ..PLAIN },
    Documented { case: Case::ProfileBare, id: "profile-bare", caught_by: &["PROFILE-2", "E2E-1"],
        route: PROFILE, sentence: "A profile without a cookie is answered with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
    Documented { case: Case::ProfileBad, id: "profile-bad-id", caught_by: &["PROFILE-3"],
        route: PROFILE, sentence: "A profile with an unknown session is answered with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
    Documented { case: Case::ProfileEnded, id: "profile-ended", caught_by: &["LOGOUT-2"],
        route: PROFILE, sentence: "The profile of an ended session is answered with {}.",
        refused: &[401, 500], ..PLAIN },
    Documented { case: Case::Logout, id: "logout", caught_by: &["LOGOUT-1", "E2E-1"],
        route: LOG_OUT, status: 302, sentence: "A logout is answered with {}.",
        refused: &[204], ..PLAIN },
    Documented { case: Case::LogoutEnded, id: "logout-ended", caught_by: &["LOGOUT-2"],
        route: LOG_OUT, sentence: "A second logout is answered with {}.",
        refused: &[404, 500], ..PLAIN },
    Documented { case: Case::LogoutBare, id: "logout-bare", caught_by: &["LOGOUT-3"],
        route: LOG_OUT, sentence: "A logout without a cookie is answered with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
    Documented { case: Case::LogoutBad, id: "logout-bad-id", caught_by: &["LOGOUT-4"],
        route: LOG_OUT, sentence: "A logout with an unknown session is answered with {}.",
        refused: &[401, 404, 500], ..PLAIN },
    Documented { case: Case::Reset, id: "reset", caught_by: &["RESET-1", "E2E-1"], route: TOKEN,
        status: 200, payload: &[("email", Holds::Email), ("reset_token", Holds::Token)],
        sentence: "A reset token is answered with {reason}.", kept: &[201, 202],
        called: "The payload with the token", left_out: &["email"],
        media_types: &["application/octet-stream"], ..PLAIN },
    Documented { case: Case::ResetUnknown, id: "reset-unknown-email", caught_by: &["RESET-2"],
        route: TOKEN, sentence: "A token for an unknown email is refused with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
    Documented { case: Case::Update, id: "update", caught_by: &["UPDATE-1", "E2E-1"], route: UPDATE,
        status: 200, payload: &[("email", Holds::Email), ("message", Holds::Words("Password updated"))],
        sentence: "A password update is answered with {}.", kept: &[201, 202], refused: &[204],
        called: "An update's payload", left_out: &["email", "message"], ..PLAIN },
    Documented { case: Case::UpdateUsed, id: "update-used-token", caught_by: &["UPDATE-3"],
        route: UPDATE, sentence: "A used token is refused with {}.", refused: &[400, 500], ..PLAIN },
    Documented { case: Case::UpdateReplaced, id: "update-replaced-token", caught_by: &["RESET-4"],
        route: UPDATE, sentence: "A token that a newer one replaced is refused with {}.",
        refused: &[404], ..PLAIN },
    Documented { case: Case::UpdateBad, id: "update-bad-token", caught_by: &["UPDATE-4"],
        route: UPDATE, sentence: "An unknown token is refused with {}.",
        refused: &[400, 401, 404, 500], ..PLAIN },
];

/// The faults that follow from the documented answers. Their texts are made once and kept for as
/// long as the program runs, as those of all other faults are.
pub(crate) fn faults() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> =
        LazyLock::new(|| DOCUMENTED.iter().flat_map(Documented::faults).collect());
    &ROWS
}

impl Documented {
    fn faults(&self) -> Vec<Row> {
        let kept = self.kept.iter().map(|code| (*code, Edit::Status(*code)));
        let refused = self.refused.iter().map(|code| (*code, Edit::Refuse(*code)));
        let statuses = kept.chain(refused);
        let mut rows: Vec<Row> = statuses
            .map(|(code, edit)| self.row(&code.to_string(), self.with_status(code), edit))
            .collect();
        rows.extend(self.left_out.iter().map(|member| {
            let sentence = format!("{} lacks the {member}.", self.called);
            self.row(
                &format!("without-{member}"),
                sentence,
                Edit::Without(member),
            )
        }));
        rows.extend(
            self.payload
                .iter()
                .filter_map(|(_, holds)| self.otherwise_written(*holds)),
        );
        rows.extend(self.media_types.iter().map(|media_type| {
            let id = media_type
                .trim_start_matches("application/")
                .replace('/', "-");
            let sentence = format!("{} comes as {media_type}.", self.called);
            self.row(&id, sentence, Edit::Header("content-type", media_type))
        }));
        rows
    }

    fn row(&self, id: &str, sentence: String, edit: Edit) -> Row {
        let cases = std::slice::from_ref(Box::leak(Box::new(self.case)));
        let id = format!("{}-{id}", self.id).leak();
        (id, sentence.leak(), self.caught_by, cases, edit)
    }

    fn with_status(&self, code: u16) -> String {
        let reason = StatusCode::from_u16(code).map_or(String::new(), |status| status.to_string());
        match self.sentence.split_once(" is ") {
            Some((what, _)) if code >= 500 => format!("{what} fails with {code}."),
            _ => self
                .sentence
                .replace("{reason}", &reason)
                .replace("{}", &code.to_string()),
        }
    }

    /// The message of a success with a capital instead of a small letter, or the other way round.
    fn otherwise_written(&self, holds: Holds) -> Option<Row> {
        let (Holds::Words(words), Some(whose), true) = (
            holds,
            self.called.strip_suffix(" payload"),
            self.payload.len() > 1,
        ) else {
            return None;
        };
        let (first, rest) = words.split_at(1);
        let (id, first) = if first == first.to_lowercase() {
            ("message-capital", first.to_uppercase())
        } else {
            ("message-lower-case", first.to_lowercase())
        };
        let words = format!("{first}{rest}");
        let sentence = format!("{whose} message is '{words}'.");
        let words = json!(words).to_string().leak();
        Some(self.row(id, sentence, Edit::Member("message", words)))
    }

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
                    ((*name).to_owned(), value)
                });
                Response::json(status, &Value::Object(members.collect::<Map<_, _>>()))
            }
        }
    }
}

/// The documented success of a request, a cookie apart, with this email in it.
pub(crate) fn success(request: &Request, email: &Value) -> Option<Response> {
    first(request, Case::succeeds).map(|documented| documented.response(email))
}

/// A documented refusal of a request, where its route has one.
pub(crate) fn refusal(request: &Request) -> Option<Response> {
    first(request, Case::is_refused).map(|documented| documented.response(&Value::Null))
}

fn first(request: &Request, of: fn(Case) -> bool) -> Option<&'static Documented> {
    let route = (request.method.as_str(), request.path.as_str());
    DOCUMENTED
        .iter()
        .find(|known| known.route == route && of(known.case))
}

/// The documented welcome.
pub(crate) fn welcome() -> Response {
    DOCUMENTED[0].response(&Value::Null)
}
