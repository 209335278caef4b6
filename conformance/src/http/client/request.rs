//! What to ask of the target, before it is sent.

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
    /// The whole `Cookie` header, if any.
    pub cookie: Option<String>,
    /// The body, if any.
    pub body: Option<Body>,
    /// Further headers.
    pub extra: Vec<(&'static str, String)>,
    /// Whether it goes on a connection that was used before and is used again.
    pub keeps_connection: bool,
}

/// A body with its media type.
#[derive(Clone, Debug)]
pub struct Body {
    /// The `Content-Type`.
    pub media_type: &'static str,
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

    /// A form that is encoded already, rightly or not.
    pub fn encoded_form(encoded: impl Into<Vec<u8>>) -> Self {
        Self {
            media_type: "application/x-www-form-urlencoded",
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
            cookie: None,
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

    /// The same with a session id, which may be empty.
    #[must_use]
    pub fn with_session(mut self, id: &str) -> Self {
        self.cookie = Some(format!("session_id={id}"));
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
        // A value that a target set may hold anything; what no header can carry is sent as near
        // as possible and fails as any other unknown id does.
        let text = self.cookie.as_ref()?.chars();
        Some(text.filter(|c| !c.is_control()).collect())
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
        if let Some(body) = &self.body {
            headers.push((CONTENT_TYPE, HeaderValue::from_static(body.media_type)));
        }
        headers
    }
}
