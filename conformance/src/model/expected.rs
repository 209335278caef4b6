//! What may be answered to a call in a state: the document's word, and where it is silent, what
//! is free.

use serde_json::{Value, json};

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

/// What stands in a payload for a new UUID, as features write it.
pub const A_UUID: &str = "{a UUID}";

/// What an acceptance looks like.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Grant {
    /// 200 with exactly one of these payloads, in which [`A_UUID`] stands for a new UUID.
    Payload(Vec<Value>),
    /// One of these payloads, and a cookie with a session id that was never seen before.
    Session(Vec<Value>),
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
    let named = call
        .email
        .as_ref()
        .or(state.subject(call).map(|account| &account.email));
    if named.is_some_and(|email| *email != email.to_lowercase()) {
        cased(call, state)
    } else {
        plain(call, state)
    }
}

/// What the document says, word for word.
fn plain(call: &Call, state: &State) -> Expected {
    let email = call.email.clone().unwrap_or_default();
    let one = |payload: Value| Expected::Granted(Grant::Payload(vec![payload]));
    match Case::of(call, state) {
        Case::Welcome => one(json!({"message": "Bienvenue"})),
        Case::Register => one(json!({"email": email, "message": "user created"})),
        Case::RegisterTaken => Expected::Refused(Refusal::Message("email already registered")),
        Case::Login => Expected::Granted(Grant::Session(vec![
            json!({"email": email, "message": "logged in"}),
        ])),
        Case::LoginWrong | Case::LoginUnknown => refused(call, 401),
        Case::Profile => {
            let Some(account) = state.subject(call) else {
                return Expected::Free;
            };
            let grant = Grant::Payload(vec![json!({"email": account.email})]);
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
        | Case::LogoutBad
        | Case::ResetUnknown => Expected::Refused(Refusal::Status(403)),
        Case::Reset => one(json!({"email": email, "reset_token": A_UUID})),
        Case::Update => updated(call, state),
        Case::UpdateMismatch => {
            let owner = state.subject(call).map(|account| account.email.as_str());
            let with = |email| json!({"email": email, "message": "Password updated"});
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

/// Where an email has capitals, the target may keep them or not (REG-11 is about that), so that
/// its answers may name either spelling.
fn cased(call: &Call, state: &State) -> Expected {
    let both = |payloads: Vec<Value>| {
        let mut lowered = payloads.clone();
        for payload in &mut lowered {
            if let Some(Value::String(email)) = payload.get_mut("email") {
                *email = email.to_lowercase();
            }
        }
        lowered.into_iter().chain(payloads).collect()
    };
    match plain(call, state) {
        Expected::Granted(Grant::Payload(payloads)) => {
            Expected::Granted(Grant::Payload(both(payloads)))
        }
        Expected::Granted(Grant::Session(payloads)) => {
            Expected::Granted(Grant::Session(both(payloads)))
        }
        Expected::Either(Grant::Payload(payloads), refusal) => {
            Expected::Either(Grant::Payload(both(payloads)), refusal)
        }
        other => other,
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
    let grant = Grant::Payload(vec![json!({"email": email, "message": "Password updated"})]);
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
        state
            .accounts
            .iter()
            .any(|account| account.doubtful_tokens.contains(token))
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
            Self::Payload(payloads) => format!("200 {}", texts(payloads)),
            Self::Session(payloads) => {
                format!("200 {} and a new {SESSION_COOKIE}", texts(payloads))
            }
            Self::Redirect => "302 or 303 to the root".to_owned(),
        }
    }
}

impl Refusal {
    fn describe(&self) -> String {
        match self {
            Self::Status(status) => status.to_string(),
            Self::Message(message) => {
                format!("400 {}", json!({"message": message}))
            }
            Self::ClientError => "4xx".to_owned(),
        }
    }
}

fn texts(payloads: &[Value]) -> String {
    let texts: Vec<String> = payloads.iter().map(Value::to_string).collect();
    texts.join(" or ")
}
