//! What callers hand to the store: values of attributes, and attributes as such or by name.

use std::borrow::Cow;
use std::fmt;

use crate::user::{Attribute, UnknownAttribute};

/// The value of an attribute, as a filter or as a change.
///
/// `Debug` shows no text: it may be a hash, a session id or a token.
#[derive(Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing: the attribute of a user who has none.
    Null,
    /// An id.
    Integer(u64),
    /// A text.
    Text(Cow<'a, str>),
}

impl Value<'_> {
    /// The same value, borrowing nothing.
    pub(super) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(number),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
        }
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Integer(number) => f.debug_tuple("Integer").field(number).finish(),
            Self::Text(_) => f.debug_tuple("Text").finish_non_exhaustive(),
        }
    }
}

impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        Self::Integer(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Value<'_> {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

impl<V: Into<Self>> From<Option<V>> for Value<'_> {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Attributes with their values: the keyword arguments of the document's methods. An attribute is
/// given as one, or by its name where the name is what a caller has.
pub trait Arguments<'a> {
    /// Reads the names. The first unknown one is the error, so nothing is done with the others.
    fn pairs(self) -> Result<Vec<(Attribute, Value<'a>)>, UnknownAttribute>;
}

impl<'a, I, K, V> Arguments<'a> for I
where
    I: IntoIterator<Item = (K, V)>,
    K: TryInto<Attribute>,
    UnknownAttribute: From<K::Error>,
    V: Into<Value<'a>>,
{
    fn pairs(self) -> Result<Vec<(Attribute, Value<'a>)>, UnknownAttribute> {
        self.into_iter()
            .map(|(attribute, value)| Ok((attribute.try_into()?, value.into())))
            .collect()
    }
}
