//! The two changes that the store knows, and how each is made within a write transaction.

use redb::ReadableTable;

use super::error::StoreError;
use super::tables::Writable;
use super::value::{Pairs, Value};
use crate::user::{Attribute, User};

/// One change, complete: whatever it depends on is decided while it is made.
pub(super) enum Change {
    /// Add a user.
    Add {
        email: String,
        hashed_password: String,
    },
    /// Find the first user with all of `of`, and give it the values of `to`.
    Update { of: Pairs, to: Pairs },
}

/// Why a change was not made.
#[derive(Clone, Debug)]
pub(super) enum Refused {
    NoResultFound,
    EmailTaken,
    InvalidValue(Attribute),
}

/// Makes the change. Refused, it has touched nothing, so others may share its transaction; a store
/// that fails has to abandon the transaction.
pub(super) fn make(
    tables: &mut Writable<'_>,
    change: &Change,
) -> Result<Result<User, Refused>, StoreError> {
    match change {
        Change::Add {
            email,
            hashed_password,
        } => add(tables, email, hashed_password),
        Change::Update { of, to } => update(tables, of, to),
    }
}

fn add(
    tables: &mut Writable<'_>,
    email: &str,
    hashed_password: &str,
) -> Result<Result<User, Refused>, StoreError> {
    if tables.emails.get(email)?.is_some() {
        return Ok(Err(Refused::EmailTaken));
    }
    // Users are never removed, so the greatest id is the number of ids given away.
    let id = tables.users.last()?.map_or(0, |(id, _)| id.value()) + 1;
    let user = User {
        id,
        email: email.to_owned(),
        hashed_password: hashed_password.to_owned(),
        session_id: None,
        reset_token: None,
    };
    put(tables, &user)?;
    tables.emails.insert(email, id)?;
    Ok(Ok(user))
}

fn update(
    tables: &mut Writable<'_>,
    of: &Pairs,
    to: &Pairs,
) -> Result<Result<User, Refused>, StoreError> {
    let Some(before) = tables.find(of)? else {
        return Ok(Err(Refused::NoResultFound));
    };
    let mut after = before.clone();
    for (attribute, value) in to {
        if let Err(refused) = set(&mut after, *attribute, value) {
            return Ok(Err(refused));
        }
    }
    if after.email != before.email {
        if tables.emails.get(after.email.as_str())?.is_some() {
            return Ok(Err(Refused::EmailTaken));
        }
        tables.emails.remove(before.email.as_str())?;
        tables.emails.insert(after.email.as_str(), after.id)?;
    }
    let id = after.id;
    if after.session_id != before.session_id {
        if let Some(ended) = &before.session_id {
            tables.sessions.remove((ended.as_str(), id))?;
        }
        if let Some(begun) = &after.session_id {
            tables.sessions.insert((begun.as_str(), id), ())?;
        }
    }
    if after.reset_token != before.reset_token {
        if let Some(used) = &before.reset_token {
            tables.tokens.remove((used.as_str(), id))?;
        }
        if let Some(made) = &after.reset_token {
            tables.tokens.insert((made.as_str(), id), ())?;
        }
    }
    put(tables, &after)?;
    Ok(Ok(after))
}

fn put(tables: &mut Writable<'_>, user: &User) -> Result<(), StoreError> {
    let row = (
        user.email.as_str(),
        user.hashed_password.as_str(),
        user.session_id.as_deref(),
        user.reset_token.as_deref(),
    );
    tables.users.insert(user.id, row)?;
    Ok(())
}

/// Sets one attribute. The id is what the other tables know a user by: it may be set to itself and
/// to nothing else.
fn set(user: &mut User, attribute: Attribute, value: &Value) -> Result<(), Refused> {
    match (attribute, value) {
        (Attribute::Id, Value::Integer(id)) if *id == user.id => {}
        (Attribute::Email, Value::Text(text)) => user.email.clone_from(text),
        (Attribute::HashedPassword, Value::Text(text)) => user.hashed_password.clone_from(text),
        (Attribute::SessionId, Value::Text(text)) => user.session_id = Some(text.clone()),
        (Attribute::SessionId, Value::Null) => user.session_id = None,
        (Attribute::ResetToken, Value::Text(text)) => user.reset_token = Some(text.clone()),
        (Attribute::ResetToken, Value::Null) => user.reset_token = None,
        _ => return Err(Refused::InvalidValue(attribute)),
    }
    Ok(())
}
