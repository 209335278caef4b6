//! The one record of the service: a user, and the names of its attributes (task 0).

use std::convert::Infallible;
use std::fmt;

/// A row of the table `users` (task 0).
///
/// `Debug` shows no secret: what a user could be impersonated with is replaced by its presence.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// The primary key, counted from 1.
    pub id: u64,
    /// The address, exactly as it was registered.
    pub email: String,
    /// The bcrypt hash of the password, in its usual `$2b$` form.
    pub hashed_password: String,
    /// The one running session, if there is one.
    pub session_id: Option<String>,
    /// The one password-reset token that may still be used, if there is one.
    pub reset_token: Option<String>,
}

impl User {
    /// The name of the table.
    pub const TABLE: &'static str = "users";

    /// The attributes in the order of the table's columns.
    pub const ATTRIBUTES: [Attribute; 5] = [
        Attribute::Id,
        Attribute::Email,
        Attribute::HashedPassword,
        Attribute::SessionId,
        Attribute::ResetToken,
    ];
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("email", &self.email)
            .field("has_session", &self.session_id.is_some())
            .field("has_reset_token", &self.reset_token.is_some())
            .finish_non_exhaustive()
    }
}

/// The name of one attribute of [`User`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attribute {
    /// `id`
    Id,
    /// `email`
    Email,
    /// `hashed_password`
    HashedPassword,
    /// `session_id`
    SessionId,
    /// `reset_token`
    ResetToken,
}

impl Attribute {
    /// The name, as the document writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Email => "email",
            Self::HashedPassword => "hashed_password",
            Self::SessionId => "session_id",
            Self::ResetToken => "reset_token",
        }
    }

    /// The type of the column, as the document's first transcript prints it.
    pub const fn column_type(self) -> &'static str {
        match self {
            Self::Id => "INTEGER",
            _ => "VARCHAR(250)",
        }
    }

    /// Whether a user may be without it.
    pub const fn is_nullable(self) -> bool {
        matches!(self, Self::SessionId | Self::ResetToken)
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no attribute has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a user has no attribute `{0}`")]
pub struct UnknownAttribute(pub String);

impl TryFrom<&str> for Attribute {
    type Error = UnknownAttribute;

    fn try_from(name: &str) -> Result<Self, Self::Error> {
        User::ATTRIBUTES
            .into_iter()
            .find(|attribute| attribute.name() == name)
            .ok_or_else(|| UnknownAttribute(name.to_owned()))
    }
}

/// An attribute that is given as one and not by its name is never unknown.
impl From<Infallible> for UnknownAttribute {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_no_secret() {
        let user = User {
            id: 1,
            email: "bob@bob.com".into(),
            hashed_password: "canary-hash".into(),
            session_id: Some("canary-session".into()),
            reset_token: Some("canary-token".into()),
        };
        let shown = format!("{user:?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("bob@bob.com"));
    }

    #[test]
    fn every_attribute_is_found_by_its_own_name_and_no_other() {
        for attribute in User::ATTRIBUTES {
            assert_eq!(Attribute::try_from(attribute.name()), Ok(attribute));
        }
        assert_eq!(
            Attribute::try_from("Email"),
            Err(UnknownAttribute("Email".into()))
        );
    }
}
