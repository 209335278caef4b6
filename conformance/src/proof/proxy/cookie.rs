//! A cookie as headers carry it (RFC 6265, sections 4.1.1 and 4.2.1): read and written without a
//! change, so that a proxy alters what a fault is about and nothing else.

use std::fmt;

/// One cookie of a `Set-Cookie` header, or one pair of a `Cookie` header.
#[derive(Clone, Debug)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value as sent, quotes included.
    pub value: String,
    /// The attributes with the semicolons before them, as sent.
    attributes: String,
}

impl Cookie {
    /// Reads a cookie; `None` where it has no name or no value.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (pair, attributes) = text.split_at(text.find(';').unwrap_or(text.len()));
        let (name, value) = pair.split_once('=')?;
        let cookie = Self {
            name: name.trim().to_owned(),
            value: value.trim().to_owned(),
            attributes: attributes.to_owned(),
        };
        (!cookie.name.is_empty()).then_some(cookie)
    }

    /// The value without the quotes that it may stand in.
    pub fn unquoted(&self) -> &str {
        let inner = self.value.strip_prefix('"');
        let inner = inner.and_then(|inner| inner.strip_suffix('"'));
        inner.unwrap_or(&self.value)
    }
}

impl fmt::Display for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}{}", self.name, self.value, self.attributes)
    }
}
