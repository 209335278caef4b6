//! What may be answered to a call in a state: the document's word, and where it is silent, what
//! is free.

use super::{Call, Case, Route, State, call::SESSION_COOKIE};

/// The most bytes of a password that bcrypt reads; what differs only behind them is free.
const HASHED_BYTES: usize = 72;

/// What the document allows as an answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Expected {
    /// The target does it.
    Granted(Grant),
    /// The target will not.
    Refused(Refusal),
    /// Either is right.
    Either(Grant, Refusal),
    /// Nothing is said of it.
    Free,
}

/// What an acceptance looks like.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Grant {
    /// 200 with exactly one of these payloads. A member whose value is nothing is a new UUID.
    Payload(Vec<Vec<(&'static str, Option<String>)>>),
    /// The payload of a login, and a cookie with a session id that was never seen before.
    Session(Vec<(&'static str, Option<String>)>),
    /// A redirect to `GET /`.
    Redirect,
}

/// What a refusal looks like.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// This status.
    Status(u16),
    /// 400 with this `message`.
    Message(&'static str),
    /// Any client error.
    ClientError,
}

/// What `call` may be answered in `state`.
pub fn expected(call: &Call, state: &State) -> Expected {
    if call.unclear || in_doubt(call, state) {
        return Expected::Free;
    }
    let email = call.email.clone().unwrap_or_default();
    let payload = |members: &[(&'static str, &str)]| {
        let own = |(name, value): &(&'static str, &str)| (*name, Some((*value).to_owned()));
        members.iter().map(own).collect::<Vec<_>>()
    };
    let one = |members: &[(&'static str, &str)]| {
        Expected::Granted(Grant::Payload(vec![payload(members)]))
    };
    let case = Case::of(call, state);
    match case {
        Case::Welcome => one(&[("message", "Bienvenue")]),
        Case::Register => one(&[("email", &email), ("message", "user created")]),
        Case::RegisterTaken => Expected::Refused(Refusal::Message("email already registered")),
        Case::Login => Expected::Granted(Grant::Session(payload(&[
            ("email", &email),
            ("message", "logged in"),
        ]))),
        Case::LoginWrong | Case::LoginUnknown => refused(call, 401),
        Case::Profile => {
            let Some(account) = state.subject(call) else {
                return Expected::Free;
            };
            let grant = Grant::Payload(vec![payload(&[("email", &account.email)])]);
            if account.session_in_doubt {
                Expected::Either(grant, Refusal::Status(403))
            } else {
                Expected::Granted(grant)
            }
        }
        Case::Logout => match state.subject(call) {
            Some(account) if account.session_in_doubt => {
                Expected::Either(Grant::Redirect, Refusal::Status(403))
            }
            _ => Expected::Granted(Grant::Redirect),
        },
        Case::ProfileEnded
        | Case::ProfileBare
        | Case::ProfileBad
        | Case::LogoutEnded
        | Case::LogoutBare
        | Case::LogoutBad => Expected::Refused(Refusal::Status(403)),
        Case::Reset => {
            let mut members = payload(&[("email", &email)]);
            members.push(("reset_token", None));
            Expected::Granted(Grant::Payload(vec![members]))
        }
        Case::ResetUnknown => Expected::Refused(Refusal::Status(403)),
        Case::Update => updated(call, state),
        Case::UpdateMismatch => {
            let owner = state.subject(call).map(|account| account.email.as_str());
            let with = |email: &str| payload(&[("email", email), ("message", "Password updated")]);
            let emails = owner.into_iter().chain([email.as_str()]);
            Expected::Either(
                Grant::Payload(emails.map(with).collect()),
                Refusal::ClientError,
            )
        }
        Case::UpdateUsed | Case::UpdateReplaced | Case::UpdateBad => refused(call, 403),
        // What binds where a field is empty or missing is what does not happen.
        Case::RegisterOdd | Case::LoginOdd | Case::ResetOdd | Case::UpdateOdd | Case::Elsewhere => {
            Expected::Free
        }
    }
}

/// A refusal with this status, or with any client error where a form field is empty.
fn refused(call: &Call, status: u16) -> Expected {
    let empty = [&call.email, &call.password, &call.token]
        .into_iter()
        .any(|field| field.as_ref().is_some_and(String::is_empty));
    Expected::Refused(if empty {
        Refusal::ClientError
    } else {
        Refusal::Status(status)
    })
}

fn updated(call: &Call, state: &State) -> Expected {
    let email = call.email.clone().unwrap_or_default();
    let grant = Grant::Payload(vec![vec![
        ("email", Some(email)),
        ("message", Some("Password updated".to_owned())),
    ]]);
    let same = state
        .subject(call)
        .is_some_and(|account| Some(&account.password) == call.password.as_ref());
    if same {
        // Whether the current password is taken as a new one is free.
        Expected::Either(grant, Refusal::ClientError)
    } else {
        Expected::Granted(grant)
    }
}

/// Whether nobody can tell what is right: the target has departed from the document before, or
/// the decisions leave it open whether two values are the same.
fn in_doubt(call: &Call, state: &State) -> bool {
    let named = |email: &String| state.account(email).is_some_and(|account| account.in_doubt);
    let doubtful = state.subject(call).is_some_and(|account| account.in_doubt)
        || call.email.as_ref().is_some_and(named);
    let near_email = matches!(call.route, Route::Register | Route::LogIn | Route::AskToken)
        && call
            .email
            .as_ref()
            .is_some_and(|email| state.resembles_email(email));
    let near_id = match call.route {
        Route::Profile | Route::LogOut => call.session.as_ref(),
        Route::Update => call.token.as_ref(),
        _ => None,
    }
    .is_some_and(|id| state.resembles(id));
    let open_token = call.token.as_ref().is_some_and(|token| {
        state.accounts.iter().any(|account| account.doubtful_tokens.contains(token))
    });
    doubtful || open_token || near_email || near_id || cut_alike(call, state)
}

/// Whether a login differs from the right one only behind what bcrypt reads.
fn cut_alike(call: &Call, state: &State) -> bool {
    let (Route::LogIn, Some(sent), Some(account)) =
        (call.route, &call.password, state.subject(call))
    else {
        return false;
    };
    let cut = |password: &str| password.as_bytes()[..HASHED_BYTES.min(password.len())].to_vec();
    *sent != account.password && cut(sent) == cut(&account.password)
}

impl Expected {
    /// Whether a target that accepts the call departs from the document.
    pub fn must_refuse(&self) -> bool {
        matches!(self, Self::Refused(_))
    }

    /// One line for people, such as `200 {"email": "a@b.c"}` or `403`.
    pub fn describe(&self) -> String {
        match self {
            Self::Granted(grant) => grant.describe(),
            Self::Refused(refusal) => refusal.describe(),
            Self::Either(grant, refusal) => {
                format!("{} or {}", grant.describe(), refusal.describe())
            }
            Self::Free => "anything".to_owned(),
        }
    }
}

impl Grant {
    fn describe(&self) -> String {
        match self {
            Self::Payload(payloads) => {
                let texts: Vec<String> = payloads.iter().map(|members| text(members)).collect();
                format!("200 {}", texts.join(" or "))
            }
            Self::Session(members) => format!("200 {} and a new {SESSION_COOKIE}", text(members)),
            Self::Redirect => "302 or 303 to the root".to_owned(),
        }
    }
}

impl Refusal {
    fn describe(&self) -> String {
        match self {
            Self::Status(status) => status.to_string(),
            Self::Message(message) => {
                format!("400 {}", text(&[("message", Some((*message).to_owned()))]))
            }
            Self::ClientError => "4xx".to_owned(),
        }
    }
}

/// A payload as JSON; a new UUID is written as features write it.
fn text(members: &[(&'static str, Option<String>)]) -> String {
    json(members).to_string()
}

/// A payload as JSON, with `{a UUID}` for a new UUID.
pub(super) fn json(members: &[(&'static str, Option<String>)]) -> serde_json::Value {
    members
        .iter()
        .map(|(name, value)| {
            let value = value.clone().unwrap_or_else(|| "{a UUID}".to_owned());
            ((*name).to_owned(), serde_json::Value::String(value))
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

impl Grant {
    /// The payloads that it allows, as JSON with `{a UUID}` for a new UUID.
    pub fn payloads(&self) -> Vec<serde_json::Value> {
        match self {
            Self::Payload(payloads) => payloads.iter().map(|members| json(members)).collect(),
            Self::Session(members) => vec![json(members)],
            Self::Redirect => Vec::new(),
        }
    }
}
