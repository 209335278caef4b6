//! An answer on its way back, and the changes that defects and freedoms make to one.

use bytes::Bytes;
use hyper::{
    HeaderMap, StatusCode,
    header::{self, HeaderName, HeaderValue},
};
use serde_json::Value;

use super::cookie::Cookie;
use crate::model::SESSION_COOKIE;

/// A whole answer, or the decision to give none.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// All headers but those of the connection and the length.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// Whether the connection is closed instead of an answer.
    pub hang_up: bool,
}

impl Response {
    /// An answer with no headers and no body.
    ///
    /// # Panics
    ///
    /// When `status` is not between 100 and 999.
    pub fn empty(status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).expect("a status of three digits"),
            ..Self::default()
        }
    }

    /// An answer of this media type.
    pub fn text(status: u16, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut response = Self::empty(status);
        response.body = body.into();
        response.set(header::CONTENT_TYPE, media_type);
        response
    }

    /// A payload.
    pub fn json(status: u16, payload: &Value) -> Self {
        Self::text(status, "application/json", payload.to_string())
    }

    /// A small page, as frameworks make it for a refusal.
    pub fn page(status: u16) -> Self {
        let reason = StatusCode::from_u16(status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("Error");
        let page =
            format!("<!doctype html>\n<title>{status} {reason}</title>\n<h1>{reason}</h1>\n");
        Self::text(status, "text/html; charset=utf-8", page)
    }

    /// A redirection.
    pub fn redirect(status: u16, location: &str) -> Self {
        let mut response = Self::page(status);
        response.set(header::LOCATION, location);
        response
    }

    /// No answer at all: the connection ends.
    pub fn none() -> Self {
        Self {
            hang_up: true,
            ..Self::empty(500)
        }
    }

    /// Sets a header, replacing those of that name. A value that is no header value is dropped.
    pub fn set(&mut self, name: HeaderName, value: &str) {
        self.headers.remove(&name);
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// Gives it another status and keeps the rest.
    pub fn set_status(&mut self, status: u16) {
        self.status = Self::empty(status).status;
    }

    /// The JSON that it carries.
    pub fn payload(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// One member of its payload, where that is text.
    pub fn member(&self, name: &str) -> Option<String> {
        Some(self.payload()?.get(name)?.as_str()?.to_owned())
    }

    /// Replaces the payload.
    pub fn set_payload(&mut self, payload: &Value) {
        self.body = Bytes::from(payload.to_string());
    }

    /// Changes the payload where it has one.
    pub fn map_payload(&mut self, change: impl FnOnce(&mut Value)) {
        if let Some(mut payload) = self.payload() {
            change(&mut payload);
            self.set_payload(&payload);
        }
    }

    /// Gives a member of the payload another value, or adds it.
    pub fn set_member(&mut self, name: &str, value: impl Into<Value>) {
        self.map_payload(|payload| payload[name] = value.into());
    }

    /// The session that it hands out.
    pub fn session(&self) -> Option<String> {
        self.cookies()
            .into_iter()
            .rev()
            .find(|cookie| cookie.name == SESSION_COOKIE && !cookie.unquoted().is_empty())
            .map(|cookie| cookie.unquoted().to_owned())
    }

    /// All cookies that it sets, in order.
    pub fn cookies(&self) -> Vec<Cookie> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .filter_map(Cookie::read)
            .collect()
    }

    /// Writes the session cookie anew, by what `write` makes of the session id; other cookies and
    /// an answer without a session stay as they are.
    pub fn map_session(&mut self, write: impl FnOnce(&str) -> String) {
        let Some(session) = self.session() else {
            return;
        };
        let cookies = self.cookies();
        self.headers.remove(header::SET_COOKIE);
        for cookie in cookies
            .iter()
            .filter(|cookie| cookie.name != SESSION_COOKIE)
        {
            self.add_cookie(&cookie.to_string());
        }
        self.add_cookie(&write(&session));
    }

    /// Hands out another session id in the same cookie, attributes kept.
    pub fn set_session(&mut self, id: &str) {
        let cookie = self
            .cookies()
            .into_iter()
            .rev()
            .find(|cookie| cookie.name == SESSION_COOKIE);
        if let Some(mut cookie) = cookie {
            id.clone_into(&mut cookie.value);
            self.map_session(|_| cookie.to_string());
        }
    }

    /// Puts another answer in its place, which sets the same cookies.
    pub fn replace_but_cookies(&mut self, other: Self) {
        let cookies = self.cookies();
        *self = other;
        for cookie in cookies {
            self.add_cookie(&cookie.to_string());
        }
    }

    /// Adds a `Set-Cookie` of this text.
    pub fn add_cookie(&mut self, text: &str) {
        if let Ok(value) = HeaderValue::from_str(text) {
            self.headers.append(header::SET_COOKIE, value);
        }
    }
}
