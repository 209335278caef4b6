//! What to ask of the target, before it is sent.

use std::fmt::Write as _;

use reqwest::{
    Method,
    header::{CONTENT_TYPE, COOKIE, HeaderName, HeaderValue},
};

/// A request to a path of the service.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path under the base URL, a query included.
    pub path: String,
    /// The session cookie.
    pub cookie: Cookie,
    /// The body, if any.
    pub body: Option<Body>,
    /// Further headers.
    pub extra: Vec<(&'static str, String)>,
    /// Whether it goes on a connection that was used before and is used again.
    pub keeps_connection: bool,
}

/// Whether a request carries the session cookie.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Cookie {
    /// No `Cookie` header at all.
    #[default]
    None,
    /// `session_id=` and this value, which may be empty.
    SessionId(String),
    /// This whole header.
    Header(String),
}

/// A body with its media type.
#[derive(Clone, Debug)]
pub struct Body {
    /// The `Content-Type`, if any is sent.
    pub media_type: Option<&'static str>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Body {
    /// Fields as an HTML form sends them: `application/x-www-form-urlencoded`, blanks as `+`.
    pub fn form(fields: &[(&str, &str)]) -> Self {
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        encoded.extend_pairs(fields);
        Self::encoded_form(encoded.finish())
    }

    /// The same fields in the other extreme spelling: every byte of a value percent-encoded.
    pub fn form_fully_encoded(fields: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| {
                value.bytes().fold(format!("{name}="), |mut pair, byte| {
                    let _ = write!(pair, "%{byte:02X}");
                    pair
                })
            })
            .collect();
        Self::encoded_form(pairs.join("&"))
    }

    /// A form that is encoded already, rightly or not.
    pub fn encoded_form(encoded: impl Into<Vec<u8>>) -> Self {
        Self {
            media_type: Some("application/x-www-form-urlencoded"),
            bytes: encoded.into(),
        }
    }
}

impl Request {
    /// A request without cookie and body.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            cookie: Cookie::None,
            body: None,
            extra: Vec::new(),
            keeps_connection: false,
        }
    }

    /// The same with a body.
    #[must_use]
    pub fn with_body(mut self, body: Body) -> Self {
        self.body = Some(body);
        self
    }

    /// The same with a session id.
    #[must_use]
    pub fn with_session(mut self, id: &str) -> Self {
        self.cookie = Cookie::SessionId(id.to_owned());
        self
    }

    /// `POST /users`
    pub fn register(email: &str, password: &str) -> Self {
        Self::new(Method::POST, "/users")
            .with_body(Body::form(&[("email", email), ("password", password)]))
    }

    /// `POST /sessions`
    pub fn log_in(email: &str, password: &str) -> Self {
        Self::new(Method::POST, "/sessions")
            .with_body(Body::form(&[("email", email), ("password", password)]))
    }

    /// `GET /profile`
    pub fn profile(id: &str) -> Self {
        Self::new(Method::GET, "/profile").with_session(id)
    }

    /// `DELETE /sessions`
    pub fn log_out(id: &str) -> Self {
        Self::new(Method::DELETE, "/sessions").with_session(id)
    }

    /// `POST /reset_password`
    pub fn reset_token(email: &str) -> Self {
        Self::new(Method::POST, "/reset_password").with_body(Body::form(&[("email", email)]))
    }

    /// `PUT /reset_password`
    pub fn update_password(email: &str, token: &str, new_password: &str) -> Self {
        Self::new(Method::PUT, "/reset_password").with_body(Body::form(&[
            ("email", email),
            ("reset_token", token),
            ("new_password", new_password),
        ]))
    }

    /// `GET /`
    pub fn root() -> Self {
        Self::new(Method::GET, "/")
    }

    /// The value of the `Cookie` header, if there is one.
    pub fn cookie_header(&self) -> Option<String> {
        let text = match &self.cookie {
            Cookie::None => return None,
            Cookie::SessionId(id) => format!("session_id={id}"),
            Cookie::Header(text) => text.clone(),
        };
        // A value that a target set may hold anything; what no header can carry is sent as near
        // as possible and fails as any other unknown id does.
        Some(text.chars().filter(|c| !c.is_control()).collect())
    }

    /// The headers that make it what it is.
    pub(super) fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let mut headers = Vec::new();
        if let Some(text) = self.cookie_header()
            && let Ok(value) = HeaderValue::from_bytes(text.as_bytes())
        {
            headers.push((COOKIE, value));
        }
        for (name, value) in &self.extra {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.push((HeaderName::from_static(name), value));
            }
        }
        if let Some(media_type) = self.body.as_ref().and_then(|body| body.media_type) {
            headers.push((CONTENT_TYPE, HeaderValue::from_static(media_type)));
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::Body;

    #[test]
    fn both_spellings_of_a_form_mean_the_same_fields() {
        let fields = [("email", "a+b@c"), ("password", "two  words&=%41 ñ")];
        for body in [Body::form(&fields), Body::form_fully_encoded(&fields)] {
            let read: Vec<(String, String)> =
                form_urlencoded::parse(&body.bytes).into_owned().collect();
            assert_eq!(read.len(), 2);
            assert_eq!(read[0].1, fields[0].1);
            assert_eq!(read[1].1, fields[1].1);
        }
    }
}
