//! The edits, done to a request or to an answer.

use hyper::header;
use serde_json::{Value, json};

use super::{documented, edits::Edit};
use crate::proof::proxy::{ObservedState, Request, Response};

impl Edit {
    /// Changes a request, or answers it.
    pub(super) fn of_request(
        self,
        request: &mut Request,
        state: &mut ObservedState,
    ) -> Option<Response> {
        match self {
            Self::Instead(response) => return response(request, state),
            Self::Deny(status, is) => return is(request, state).then(|| Response::page(status)),
            Self::DenyUser(status, is) => {
                let account = state.subject(&request.call())?;
                return is(account, request).then(|| Response::page(status));
            }
            Self::Feign(is) => {
                let account = state.subject(&request.call())?;
                return is(account, request).then(|| success(request));
            }
            Self::Rewrite(change) => change(request, state)?,
            Self::Field(name, change) => request.map_field(name, change),
            Self::Form(read) if !request.body.is_empty() => request.set_form(read(request)),
            Self::Accept(same) => {
                let right = state.account(&request.field("email")?)?.password.clone();
                if same(&request.field("password")?, &right) {
                    request.set_field("password", &right);
                }
            }
            Self::AcceptIf(is) => {
                let account = state.account(&request.field("email")?)?;
                if is(account, request, state) {
                    let right = account.password.clone();
                    request.set_field("password", &right);
                }
            }
            Self::LiveToken(whose) => {
                let live = whose(state, &request.field("reset_token")?)?
                    .token
                    .clone()?;
                request.set_field("reset_token", &live);
            }
            Self::TakeEmail(same) => {
                let shown = request.field("email")?;
                let found = state.find(|account| same(&shown, &account.email))?;
                request.set_field("email", &found.email);
            }
            Self::TakeSession(same) => {
                let shown = request.session()?;
                let mut live = state.accounts.iter().filter_map(|a| a.session.as_deref());
                let found = live.find(|live| same(&shown, live))?;
                request.set_session(Some(found));
            }
            Self::TakeToken(same) => {
                let shown = request.field("reset_token")?;
                let fits = |token: &String| same(&shown, token);
                let owner = state.find(|account| account.token.as_ref().is_some_and(fits))?;
                // The token alone says whose password is changed.
                request.set_field("reset_token", owner.token.as_ref()?);
                request.set_field("email", &owner.email);
            }
            Self::Cookies(read) => {
                let header = request
                    .headers
                    .get(header::COOKIE)?
                    .to_str()
                    .ok()?
                    .to_owned();
                request.headers.remove(header::COOKIE);
                request.set_session(Some(&read(&header)?));
            }
            _ => {}
        }
        None
    }

    /// Changes an answer.
    pub(super) fn of_response(
        self,
        request: &Request,
        response: &mut Response,
        state: &mut ObservedState,
    ) {
        match self {
            Self::Status(code) => response.set_status(code),
            Self::Refuse(code) => *response = Response::page(code),
            Self::RefuseIf(code, is) if is(request, state) => *response = Response::page(code),
            Self::RefuseCounted(code, is)
                if is(state.count(request.session().unwrap_or_default())) =>
            {
                *response = Response::page(code);
            }
            Self::Redirect(code, location) => *response = Response::redirect(code, location),
            Self::Succeed => *response = success(request),
            Self::SucceedIf(is) if is(request, state) => *response = success(request),
            Self::Json(payload) => *response = Response::text(200, "application/json", payload),
            Self::Member(name, value) => {
                let value: Value = serde_json::from_str(value).unwrap_or_default();
                response.map_payload(|payload| payload[name] = value);
            }
            Self::MemberOf(name, value) => {
                if let Some(value) = value(request, state) {
                    response.map_payload(|payload| payload[name] = json!(value));
                }
            }
            Self::Without(name) => rename(response, name, None),
            Self::Renamed(name, new) => rename(response, name, Some(new)),
            Self::Email(write) => {
                let email = response.member("email").unwrap_or_default();
                response.map_payload(|payload| payload["email"] = json!(write(&email)));
            }
            Self::Payload(change) => {
                if let Some(payload) = response.payload() {
                    response.set_payload(&change(payload));
                }
            }
            Self::Body(change) => {
                let text = String::from_utf8_lossy(&response.body).into_owned();
                response.body = change(text).into();
            }
            Self::Text(write) => {
                if let Some(payload) = response.payload() {
                    response.body = write(payload).into();
                }
            }
            Self::PayloadType(media_type) if response.payload().is_some() => {
                response.set(header::CONTENT_TYPE, media_type);
            }
            Self::Location(location) => response.set(header::LOCATION, location),
            Self::MediaType(Some(media_type)) => response.set(header::CONTENT_TYPE, media_type),
            Self::MediaType(None) => drop(response.headers.remove(header::CONTENT_TYPE)),
            Self::Cookie(text) => response.map_session(|id| text.replace("{id}", id)),
            Self::ProfileOf(whose) => {
                if let Some(account) = whose(request, state) {
                    *response = profile_of(&account.email);
                }
            }
            Self::Respond(change) => change(request, response, state),
            _ => {}
        }
    }
}

fn rename(response: &mut Response, name: &str, new: Option<&str>) {
    response.map_payload(|payload| {
        let members = payload.as_object_mut();
        let value = members.and_then(|members| members.remove(name));
        if let (Some(new), Some(value)) = (new, value) {
            payload[new] = value;
        }
    });
}

/// What a conforming server answers where the request succeeds, a cookie apart; the welcome for
/// what is not documented.
pub(crate) fn success(request: &Request) -> Response {
    let email = request.field("email").unwrap_or_default();
    documented::success(request, &json!(email)).unwrap_or_else(documented::welcome)
}

/// The profile of this user, whoever asked.
pub(crate) fn profile_of(email: &str) -> Response {
    Response::json(200, &json!({"email": email}))
}

/// Another answer, which sets the cookies that the first one sets.
pub(crate) fn respond_with_its_cookies(response: &mut Response, other: Response) {
    let cookies = response.cookies();
    *response = other;
    for cookie in cookies {
        response.add_cookie(&cookie.to_string());
    }
}
