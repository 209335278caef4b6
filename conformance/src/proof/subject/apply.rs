//! The edits, done to a request or to an answer.

use hyper::header;
use serde_json::{Value, json};

use super::{documented, edits::Edit};
use crate::proof::proxy::{Answer, Ask, Shadow};

impl Edit {
    /// Changes a request, or answers it.
    pub(super) fn of_request(self, ask: &mut Ask, shadow: &mut Shadow) -> Option<Answer> {
        match self {
            Self::Instead(answer) => return answer(ask, shadow),
            Self::Deny(status, is) => return is(ask, shadow).then(|| Answer::page(status)),
            Self::DenyUser(status, is) => {
                let account = shadow.subject(&ask.call())?;
                return is(account, ask).then(|| Answer::page(status));
            }
            Self::Feign(is) => {
                let account = shadow.subject(&ask.call())?;
                return is(account, ask).then(|| success(ask));
            }
            Self::Asks(change) => change(ask, shadow)?,
            Self::Field(name, change) => ask.map_field(name, change),
            Self::Form(read) if !ask.body.is_empty() => ask.set_form(read(ask)),
            Self::Accept(same) => {
                let right = shadow.account(&ask.field("email")?)?.password.clone();
                if same(&ask.field("password")?, &right) {
                    ask.set_field("password", &right);
                }
            }
            Self::AcceptIf(is) => {
                let account = shadow.account(&ask.field("email")?)?;
                if is(account, ask, shadow) {
                    let right = account.password.clone();
                    ask.set_field("password", &right);
                }
            }
            Self::LiveToken(whose) => {
                let live = whose(shadow, &ask.field("reset_token")?)?.token.clone()?;
                ask.set_field("reset_token", &live);
            }
            Self::TakeEmail(same) => {
                let shown = ask.field("email")?;
                let found = shadow.find(|account| same(&shown, &account.email))?;
                ask.set_field("email", &found.email);
            }
            Self::TakeSession(same) => {
                let shown = ask.session()?;
                let mut live = shadow.accounts.iter().filter_map(|a| a.session.as_deref());
                let found = live.find(|live| same(&shown, live))?;
                ask.set_session(Some(found));
            }
            Self::TakeToken(same) => {
                let shown = ask.field("reset_token")?;
                let fits = |token: &String| same(&shown, token);
                let owner = shadow.find(|account| account.token.as_ref().is_some_and(fits))?;
                // The token alone says whose password is changed.
                ask.set_field("reset_token", owner.token.as_ref()?);
                ask.set_field("email", &owner.email);
            }
            Self::Cookies(read) => {
                let header = ask.headers.get(header::COOKIE)?.to_str().ok()?.to_owned();
                ask.headers.remove(header::COOKIE);
                ask.set_session(Some(&read(&header)?));
            }
            _ => {}
        }
        None
    }

    /// Changes an answer.
    pub(super) fn of_answer(self, ask: &Ask, answer: &mut Answer, shadow: &mut Shadow) {
        match self {
            Self::Status(code) => answer.set_status(code),
            Self::Refuse(code) => *answer = Answer::page(code),
            Self::RefuseIf(code, is) if is(ask, shadow) => *answer = Answer::page(code),
            Self::RefuseCounted(code, is) if is(shadow.count(ask.session().unwrap_or_default())) => {
                *answer = Answer::page(code);
            }
            Self::Redirect(code, location) => *answer = Answer::redirect(code, location),
            Self::Succeed => *answer = success(ask),
            Self::SucceedIf(is) if is(ask, shadow) => *answer = success(ask),
            Self::Json(payload) => *answer = Answer::text(200, "application/json", payload),
            Self::Member(name, value) => {
                let value: Value = serde_json::from_str(value).unwrap_or_default();
                answer.map_payload(|payload| payload[name] = value);
            }
            Self::MemberOf(name, value) => {
                if let Some(value) = value(ask, shadow) {
                    answer.map_payload(|payload| payload[name] = json!(value));
                }
            }
            Self::Without(name) => rename(answer, name, None),
            Self::Renamed(name, new) => rename(answer, name, Some(new)),
            Self::Email(write) => {
                let email = answer.member("email").unwrap_or_default();
                answer.map_payload(|payload| payload["email"] = json!(write(&email)));
            }
            Self::Payload(change) => {
                if let Some(payload) = answer.payload() {
                    answer.set_payload(&change(payload));
                }
            }
            Self::Body(change) => {
                let text = String::from_utf8_lossy(&answer.body).into_owned();
                answer.body = change(text).into();
            }
            Self::Text(write) => {
                if let Some(payload) = answer.payload() {
                    answer.body = write(payload).into();
                }
            }
            Self::PayloadType(media_type) if answer.payload().is_some() => {
                answer.set(header::CONTENT_TYPE, media_type);
            }
            Self::Location(location) => answer.set(header::LOCATION, location),
            Self::MediaType(Some(media_type)) => answer.set(header::CONTENT_TYPE, media_type),
            Self::MediaType(None) => drop(answer.headers.remove(header::CONTENT_TYPE)),
            Self::Cookie(text) => answer.map_session(|id| text.replace("{id}", id)),
            Self::ProfileOf(whose) => {
                if let Some(account) = whose(ask, shadow) {
                    *answer = profile_of(&account.email);
                }
            }
            Self::Answers(change) => change(ask, answer, shadow),
            _ => {}
        }
    }
}

fn rename(answer: &mut Answer, name: &str, new: Option<&str>) {
    answer.map_payload(|payload| {
        let members = payload.as_object_mut();
        let value = members.and_then(|members| members.remove(name));
        if let (Some(new), Some(value)) = (new, value) {
            payload[new] = value;
        }
    });
}

/// What a conforming server answers where the request succeeds, a cookie apart; the welcome for
/// what is not documented.
pub(crate) fn success(ask: &Ask) -> Answer {
    let email = ask.field("email").unwrap_or_default();
    documented::success(ask, &json!(email)).unwrap_or_else(documented::welcome)
}

/// The profile of this user, whoever asked.
pub(crate) fn profile_of(email: &str) -> Answer {
    Answer::json(200, &json!({"email": email}))
}

/// Another answer, which sets the cookies that the first one sets.
pub(crate) fn answer_with_its_cookies(answer: &mut Answer, other: Answer) {
    let cookies = answer.cookies();
    *answer = other;
    for cookie in cookies {
        answer.add_cookie(&cookie.to_string());
    }
}
