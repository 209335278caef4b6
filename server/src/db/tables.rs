//! The tables, their layout on disk, and how a user is found in them.
//!
//! ```text
//! users     id                  → (email, hashed_password, session_id?, reset_token?)
//! emails    email               → id
//! sessions  (session_id, id)    → ()
//! tokens    (reset_token, id)   → ()
//! meta      "format"            → 1
//! ```
//!
//! An email belongs to one user, so it is the whole key of its index. Nothing but chance keeps two
//! users from having one session id when a caller sets it by hand, so those indexes hold the id in
//! the key: the first entry is then the first user in id order, as `find_user_by` promises.

use redb::{
    Database, ReadOnlyTable, ReadTransaction, ReadableTable, Table, TableDefinition,
    WriteTransaction,
};

use super::error::StoreError;
use super::value::Value;
use crate::user::{Attribute, User};

type Row = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);
type Secret = (&'static str, u64);

const USERS: TableDefinition<'_, u64, Row> = TableDefinition::new(User::TABLE);
const EMAILS: TableDefinition<'_, &str, u64> = TableDefinition::new("emails");
const SESSIONS: TableDefinition<'_, Secret, ()> = TableDefinition::new("sessions");
const TOKENS: TableDefinition<'_, Secret, ()> = TableDefinition::new("tokens");
const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");

/// The layout described above.
pub(super) const FORMAT: u64 = 1;

/// The users and their indexes, within one transaction.
pub(super) struct Tables<Users, Emails, Secrets> {
    pub(super) users: Users,
    pub(super) emails: Emails,
    pub(super) sessions: Secrets,
    pub(super) tokens: Secrets,
}

/// As a write transaction sees them.
pub(super) type Writable<'txn> =
    Tables<Table<'txn, u64, Row>, Table<'txn, &'static str, u64>, Table<'txn, Secret, ()>>;

/// As a read transaction sees them.
pub(super) type Readable =
    Tables<ReadOnlyTable<u64, Row>, ReadOnlyTable<&'static str, u64>, ReadOnlyTable<Secret, ()>>;

/// Opens the tables for writing, creating what is missing.
pub(super) fn writable(transaction: &WriteTransaction) -> Result<Writable<'_>, StoreError> {
    Ok(Tables {
        users: transaction.open_table(USERS)?,
        emails: transaction.open_table(EMAILS)?,
        sessions: transaction.open_table(SESSIONS)?,
        tokens: transaction.open_table(TOKENS)?,
    })
}

/// Opens the tables for reading.
pub(super) fn readable(transaction: &ReadTransaction) -> Result<Readable, StoreError> {
    Ok(Tables {
        users: transaction.open_table(USERS)?,
        emails: transaction.open_table(EMAILS)?,
        sessions: transaction.open_table(SESSIONS)?,
        tokens: transaction.open_table(TOKENS)?,
    })
}

/// Gives a new database its tables and its mark.
pub(super) fn set_up(database: &Database, quick_repair: bool) -> Result<(), StoreError> {
    let mut transaction = database.begin_write()?;
    transaction.set_quick_repair(quick_repair);
    writable(&transaction)?;
    transaction.open_table(META)?.insert("format", FORMAT)?;
    transaction.commit()?;
    Ok(())
}

/// The format that a store says it has; `None` for a database that is somebody else's.
pub(super) fn marked(transaction: &ReadTransaction) -> Result<Option<u64>, StoreError> {
    match transaction.open_table(META) {
        Ok(meta) => Ok(meta.get("format")?.map(|format| format.value())),
        Err(
            redb::TableError::TableDoesNotExist(_)
            | redb::TableError::TableTypeMismatch { .. }
            | redb::TableError::TableIsMultimap(_),
        ) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl<Users, Emails, Secrets> Tables<Users, Emails, Secrets>
where
    Users: ReadableTable<u64, Row>,
    Emails: ReadableTable<&'static str, u64>,
    Secrets: ReadableTable<Secret, ()>,
{
    /// The user with that id.
    pub(super) fn get(&self, id: u64) -> Result<Option<User>, StoreError> {
        Ok(self.users.get(id)?.map(|row| into_user(id, row.value())))
    }

    /// The first user, in id order, who has all these values.
    ///
    /// An attribute with an index narrows the search to one candidate; only a search by nothing
    /// but `hashed_password`, or for users without a session or token, walks through the table.
    pub(super) fn find(
        &self,
        filters: &[(Attribute, Value<'_>)],
    ) -> Result<Option<User>, StoreError> {
        for (attribute, value) in filters {
            let candidates = match (attribute, value) {
                (Attribute::Id, Value::Integer(id)) => self.get(*id)?,
                (Attribute::Email, Value::Text(email)) => match self.emails.get(&**email)? {
                    Some(id) => Some(self.indexed(id.value())?),
                    None => None,
                },
                (Attribute::SessionId, Value::Text(secret)) => {
                    return self.find_by_secret(&self.sessions, secret, filters);
                }
                (Attribute::ResetToken, Value::Text(secret)) => {
                    return self.find_by_secret(&self.tokens, secret, filters);
                }
                _ => continue,
            };
            return Ok(candidates.filter(|user| has_all(user, filters)));
        }
        for row in self.users.iter()? {
            let (id, row) = row?;
            let user = into_user(id.value(), row.value());
            if has_all(&user, filters) {
                return Ok(Some(user));
            }
        }
        Ok(None)
    }

    fn find_by_secret(
        &self,
        index: &Secrets,
        secret: &str,
        filters: &[(Attribute, Value<'_>)],
    ) -> Result<Option<User>, StoreError> {
        for entry in index.range((secret, 0)..=(secret, u64::MAX))? {
            let user = self.indexed(entry?.0.value().1)?;
            if has_all(&user, filters) {
                return Ok(Some(user));
            }
        }
        Ok(None)
    }

    /// The user that an index names; that there is none is damage, not absence.
    fn indexed(&self, id: u64) -> Result<User, StoreError> {
        self.get(id)?
            .ok_or_else(|| StoreError::Damaged(format!("an index names user {id}, who is missing")))
    }
}

fn into_user(id: u64, row: (&str, &str, Option<&str>, Option<&str>)) -> User {
    let (email, hashed_password, session_id, reset_token) = row;
    User {
        id,
        email: email.to_owned(),
        hashed_password: hashed_password.to_owned(),
        session_id: session_id.map(str::to_owned),
        reset_token: reset_token.map(str::to_owned),
    }
}

/// Whether the user has each of the values. A value of another type is one that nobody has.
fn has_all(user: &User, filters: &[(Attribute, Value<'_>)]) -> bool {
    filters.iter().all(|(attribute, value)| match attribute {
        Attribute::Id => *value == Value::Integer(user.id),
        Attribute::Email => is_text(value, Some(&user.email)),
        Attribute::HashedPassword => is_text(value, Some(&user.hashed_password)),
        Attribute::SessionId => is_text(value, user.session_id.as_deref()),
        Attribute::ResetToken => is_text(value, user.reset_token.as_deref()),
    })
}

fn is_text(value: &Value<'_>, held: Option<&str>) -> bool {
    match value {
        Value::Null => held.is_none(),
        Value::Integer(_) => false,
        Value::Text(text) => held == Some(text),
    }
}
