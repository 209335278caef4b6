//! The document's methods within one write transaction: what is decided together is decided here.

use redb::{ReadableTable, WriteTransaction};

use super::error::{AddError, FindError, StoreError, UpdateError};
use super::tables::{Writable, writable};
use super::value::{Arguments, Value};
use crate::user::{Attribute, User};

/// The users as one write transaction sees them; nobody else writes meanwhile.
///
/// Other changes share its commit, so a change that ends in an error must not have made a part of
/// itself: it looks first, and writes once.
pub struct Transaction<'a> {
    tables: Writable<'a>,
}

impl<'a> Transaction<'a> {
    pub(super) fn new(transaction: &'a WriteTransaction) -> Result<Self, StoreError> {
        let tables = writable(transaction)?;
        Ok(Self { tables })
    }

    /// Adds a user, if the email is free; see [`Db::add_user`](super::Db::add_user).
    pub fn add_user(&mut self, email: &str, hashed_password: &str) -> Result<User, AddError> {
        self.add(email, hashed_password)?
            .ok_or(AddError::EmailTaken)
    }

    /// Finds a user; see [`Db::find_user_by`](super::Db::find_user_by).
    pub fn find_user_by<'v>(&self, filters: impl Arguments<'v>) -> Result<User, FindError> {
        self.tables
            .find(&filters.pairs()?)?
            .ok_or(FindError::NoResultFound)
    }

    /// Changes a user; see [`Db::update_user`](super::Db::update_user).
    pub fn update_user<'v>(
        &mut self,
        user_id: u64,
        values: impl Arguments<'v>,
    ) -> Result<(), UpdateError> {
        let values = values.pairs()?;
        let before = self.find_user_by([(Attribute::Id, user_id)])?;
        let mut after = before.clone();
        for (attribute, value) in values {
            set(&mut after, attribute, value)?;
        }
        if after.email != before.email && self.is_taken(&after.email)? {
            return Err(UpdateError::EmailTaken);
        }
        Ok(self.put(&before, &after)?)
    }

    fn is_taken(&self, email: &str) -> Result<bool, StoreError> {
        Ok(self.tables.emails.get(email)?.is_some())
    }

    fn add(&mut self, email: &str, hashed_password: &str) -> Result<Option<User>, StoreError> {
        if self.is_taken(email)? {
            return Ok(None);
        }
        // Users are never removed, so the greatest id is the number of ids given away.
        let id = self.tables.users.last()?.map_or(0, |(id, _)| id.value()) + 1;
        let user = User {
            id,
            email: email.to_owned(),
            hashed_password: hashed_password.to_owned(),
            session_id: None,
            reset_token: None,
        };
        self.tables.emails.insert(email, id)?;
        self.put(&user, &user)?;
        Ok(Some(user))
    }

    /// Writes the row, and moves the user in every index where the values differ.
    fn put(&mut self, before: &User, after: &User) -> Result<(), StoreError> {
        let (tables, id) = (&mut self.tables, after.id);
        if after.email != before.email {
            tables.emails.remove(before.email.as_str())?;
            tables.emails.insert(after.email.as_str(), id)?;
        }
        for (index, before, after) in [
            (&mut tables.sessions, &before.session_id, &after.session_id),
            (&mut tables.tokens, &before.reset_token, &after.reset_token),
        ] {
            if before == after {
                continue;
            }
            if let Some(secret) = before {
                index.remove((secret.as_str(), id))?;
            }
            if let Some(secret) = after {
                index.insert((secret.as_str(), id), ())?;
            }
        }
        let row = (
            after.email.as_str(),
            after.hashed_password.as_str(),
            after.session_id.as_deref(),
            after.reset_token.as_deref(),
        );
        tables.users.insert(id, row)?;
        Ok(())
    }
}

/// Sets one attribute. The id is what the other tables know a user by: it may be set to itself and
/// to nothing else.
fn set(user: &mut User, attribute: Attribute, value: Value<'_>) -> Result<(), UpdateError> {
    match (attribute, value) {
        (Attribute::Id, Value::Integer(id)) if id == user.id => {}
        (Attribute::Email, Value::Text(text)) => user.email = text.into_owned(),
        (Attribute::HashedPassword, Value::Text(text)) => user.hashed_password = text.into_owned(),
        (Attribute::SessionId, Value::Text(text)) => user.session_id = Some(text.into_owned()),
        (Attribute::SessionId, Value::Null) => user.session_id = None,
        (Attribute::ResetToken, Value::Text(text)) => user.reset_token = Some(text.into_owned()),
        (Attribute::ResetToken, Value::Null) => user.reset_token = None,
        _ => return Err(UpdateError::InvalidValue(attribute)),
    }
    Ok(())
}
