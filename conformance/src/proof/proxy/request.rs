//! A request as the proxy got it, and the few changes that a defect makes to one.

use bytes::Bytes;
use hyper::{HeaderMap, Method, header};

use super::cookie::Cookie;
use crate::model::{Call, SESSION_COOKIE};

/// A whole request, its body read to the end.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path under the target's base, percent-encoded as sent, beginning with a slash.
    pub path: String,
    /// What follows the question mark, where there is one.
    pub query: Option<String>,
    /// All headers but those of the connection.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The client's connection that it came on, by number; zero for what a middleware sends itself.
    pub connection: u64,
}

impl Request {
    /// A form of these fields, as a client of the service sends it.
    pub fn form(method: Method, path: &str, fields: &[(&str, &str)]) -> Self {
        let mut request = Self {
            method,
            path: path.to_owned(),
            ..Self::default()
        };
        request.set_fields(fields);
        request
    }

    /// A request without a body that presents this session.
    pub fn with_session(method: Method, path: &str, session: &str) -> Self {
        let mut request = Self {
            method,
            path: path.to_owned(),
            ..Self::default()
        };
        request.set_session(Some(session));
        request
    }

    /// Whether it is this method on this path.
    pub fn is(&self, method: &Method, path: &str) -> bool {
        self.method == *method && self.path == path
    }

    /// What the document reads in it.
    pub fn call(&self) -> Call {
        let text =
            |value: &'_ header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let cookies: Vec<String> = self
            .headers
            .get_all(header::COOKIE)
            .iter()
            .map(text)
            .collect();
        let media_type = self.headers.get(header::CONTENT_TYPE).map(text);
        Call::read(
            self.method.as_str(),
            &self.path,
            cookies.iter().map(String::as_str),
            media_type.as_deref(),
            &self.body,
        )
    }

    /// The body as text, encoded still.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The fields of its form, in order.
    pub fn fields(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// The first form field of that name.
    pub fn field(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(&self.body)
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The first parameter of that name in the query.
    pub fn parameter(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_deref()?.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// Gives a field another value, or adds it.
    pub fn set_field(&mut self, name: &str, value: &str) {
        let mut fields = self.fields();
        match fields.iter_mut().find(|(key, _)| key == name) {
            Some(field) => value.clone_into(&mut field.1),
            None => fields.push((name.to_owned(), value.to_owned())),
        }
        self.set_fields(&fields);
    }

    /// Changes a field's value where the form has the field.
    pub fn map_field(&mut self, name: &str, change: impl FnOnce(&str) -> String) {
        if let Some(value) = self.field(name) {
            self.set_field(name, &change(&value));
        }
    }

    /// Replaces the whole form.
    pub fn set_fields<K: AsRef<str>, V: AsRef<str>>(&mut self, fields: &[(K, V)]) {
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.set_form(form);
    }

    /// Replaces the body with this text, encoded already.
    pub fn set_form(&mut self, encoded: String) {
        self.body = Bytes::from(encoded);
        self.headers.insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
    }

    /// The value of the session cookie, without the quotes that a value may stand in.
    pub fn session(&self) -> Option<String> {
        self.cookies()
            .into_iter()
            .find(|cookie| cookie.name == SESSION_COOKIE)
            .map(|cookie| cookie.unquoted().to_owned())
    }

    /// Presents another session, or none; other cookies stay.
    pub fn set_session(&mut self, session: Option<&str>) {
        let mut cookies: Vec<String> = self
            .cookies()
            .iter()
            .filter(|cookie| cookie.name != SESSION_COOKIE)
            .map(ToString::to_string)
            .collect();
        if let Some(session) = session {
            cookies.push(format!("{SESSION_COOKIE}={session}"));
        }
        self.headers.remove(header::COOKIE);
        if let Ok(value) = cookies.join("; ").parse()
            && !cookies.is_empty()
        {
            self.headers.insert(header::COOKIE, value);
        }
    }

    fn cookies(&self) -> Vec<Cookie> {
        self.headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
            .flat_map(|value| value.split(';').filter_map(Cookie::read))
            .collect()
    }
}
