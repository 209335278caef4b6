//! The edits, done to a request or to an answer.

use hyper::header::{self, HeaderName};
use serde_json::Value;

use super::{
    documented::{profile_of, success},
    edits::Edit,
};
use crate::proof::proxy::{Case, ObservedState, Request, Response};

impl Edit {
    /// Changes a request, or answers it.
    pub(super) fn of_request(
        self,
        case: Case,
        request: &mut Request,
        state: &mut ObservedState,
    ) -> Option<Response> {
        match self {
            Self::Before(change) => return change(case, request, state),
            Self::Answer(response) => return Some(response(request)),
            Self::Deny(status, is) => return is(request, state).then(|| Response::page(status)),
            Self::DenyUser(status, is) => {
                let account = state.subject(&request.call())?;
                return is(account, request).then(|| Response::page(status));
            }
            Self::Feign(is) => {
                let account = state.subject(&request.call())?;
                return is(account, request).then(|| success(request));
            }
            Self::Field(name, change) => request.map_field(name, change),
            Self::Form(read) if !request.body.is_empty() => request.set_form(read(request)),
            Self::Fields(read) if !request.body.is_empty() => {
                request.set_fields(&read(request.fields()));
            }
            Self::QueryToo => {
                for name in ["email", "password"] {
                    if let (None, Some(value)) = (request.field(name), request.parameter(name)) {
                        request.set_field(name, &value);
                    }
                }
            }
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
            Self::TakeId(same) if request.field("reset_token").is_some() => {
                let shown = request.field("reset_token")?;
                let mut live = state.accounts.iter().filter_map(|a| a.token.as_deref());
                let found = live.find(|live| same(&shown, live))?;
                request.set_field("reset_token", found);
            }
            Self::TakeSession(same) | Self::TakeId(same) => {
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
        case: Case,
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
                response.set_member(name, serde_json::from_str(value).unwrap_or(Value::Null));
            }
            Self::MemberOf(name, value) => {
                if let Some(value) = value(request, state) {
                    response.set_member(name, value);
                }
            }
            Self::Without(name) => rename(response, name, None),
            Self::Renamed(name, new) => rename(response, name, Some(new)),
            Self::Email(write) => {
                let email = response.member("email").unwrap_or_default();
                response.set_member("email", write(&email));
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
            Self::Header(name, value) => response.set(HeaderName::from_static(name), value),
            Self::WithoutHeader(name) => drop(response.headers.remove(name)),
            Self::Encoding(name, encode) => {
                response.body = encode(&response.body).into();
                response.set(header::CONTENT_ENCODING, name);
                response.set(header::VARY, "Accept-Encoding");
            }
            Self::Refusal(write)
                if response.status.is_client_error() && case != Case::RegisterTaken =>
            {
                let allow = response.headers.get(header::ALLOW).cloned();
                *response = write(response.status.as_u16());
                let allow = allow.map(|value| (header::ALLOW, value));
                response.headers.extend(allow);
            }
            Self::Cookie(text) => response.map_session(|id| text.replace("{id}", id)),
            Self::ProfileOf(whose) => {
                if let Some(account) = whose(request, state) {
                    *response = profile_of(&account.email);
                }
            }
            Self::After(change) => change(case, request, response, state),
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
