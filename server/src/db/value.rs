//! What callers hand to the store: values of attributes, and attributes by name.

use std::fmt;

use crate::user::{Attribute, UnknownAttribute};

/// The value of an attribute, as a filter or as a change.
///
/// `Debug` shows no text: it may be a hash, a session id or a token.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing: the attribute of a user who has none.
    Null,
    /// An id.
    Integer(u64),
    /// A text.
    Text(String),
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Integer(number) => f.debug_tuple("Integer").field(number).finish(),
            Self::Text(_) => f.debug_tuple("Text").finish_non_exhaustive(),
        }
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl<V: Into<Self>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Attributes with their values, after their names have been understood.
pub(super) type Pairs = Vec<(Attribute, Value)>;

/// Reads the names. The first unknown one is the error, so nothing is done with the others.
pub(super) fn pairs<I, K, V>(named: I) -> Result<Pairs, UnknownAttribute>
where
    I: IntoIterator<Item = (K, V)>,
    K: AsRef<str>,
    V: Into<Value>,
{
    named
        .into_iter()
        .map(|(name, value)| Ok((name.as_ref().parse()?, value.into())))
        .collect()
}
