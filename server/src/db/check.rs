//! Whether the records and the indexes agree, looked at one by one.
//!
//! Transactions keep them in agreement; this is for a file that something else has touched, and
//! for tests that want to know.

use redb::{ReadableTable, ReadableTableMetadata};

use super::error::StoreError;
use super::tables::Readable;

/// Walks through everything: each user is in every index under its values, and no index has an
/// entry more than that.
pub(super) fn check(tables: &Readable) -> Result<(), StoreError> {
    let (mut users, mut sessions, mut tokens) = (0_u64, 0_u64, 0_u64);
    for row in tables.users.iter()? {
        let (id, row) = row?;
        let id = id.value();
        let (email, _, session_id, reset_token) = row.value();
        users += 1;
        if id != users {
            return Err(damaged(format!("user {users} is missing")));
        }
        if tables.emails.get(email)?.map(|id| id.value()) != Some(id) {
            return Err(damaged(format!("user {id} is not found by email")));
        }
        if let Some(session_id) = session_id {
            sessions += 1;
            if tables.sessions.get((session_id, id))?.is_none() {
                return Err(damaged(format!("user {id} is not found by session")));
            }
        }
        if let Some(reset_token) = reset_token {
            tokens += 1;
            if tables.tokens.get((reset_token, id))?.is_none() {
                return Err(damaged(format!("user {id} is not found by token")));
            }
        }
    }
    for (name, entries, expected) in [
        ("emails", tables.emails.len()?, users),
        ("sessions", tables.sessions.len()?, sessions),
        ("tokens", tables.tokens.len()?, tokens),
    ] {
        if entries != expected {
            return Err(damaged(format!(
                "{name} has {entries} entries for {expected} users"
            )));
        }
    }
    Ok(())
}

fn damaged(what: String) -> StoreError {
    StoreError::Damaged(what)
}
