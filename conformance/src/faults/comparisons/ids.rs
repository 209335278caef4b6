//! Session ids and tokens.

use uuid::Uuid;

use super::{Row, Subject, cut, folding};
use crate::proxy::{Account, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let sessions = SESSIONS.iter().map(session);
    sessions.chain(TOKENS.iter().map(token)).collect()
}

const SESSIONS: [Row; 11] = [
    Row(
        "session-by-32-characters",
        "A session is found by the first 32 characters of its id.",
        |s, r| cut(s, 32) == cut(r, 32),
        &["WALK-1"],
    ),
    Row(
        "session-by-34-characters",
        "A session is found by the first 34 characters of its id.",
        |s, r| cut(s, 34) == cut(r, 34),
        &["WALK-1"],
    ),
    Row(
        "session-by-its-end",
        "A session is found by the last twelve characters of its id.",
        |s, r| s.ends_with(&r[r.len().saturating_sub(12)..]),
        &["WALK-1"],
    ),
    Row(
        "session-by-hex-digits",
        "Whatever is no hexadecimal digit in a session id is ignored.",
        |s, r| digits(s) == digits(r),
        &["WALK-1"],
    ),
    Row(
        "session-by-pattern",
        "A session id is looked up as a pattern, so that % finds one.",
        folding::like,
        &["WALK-1"],
    ),
    Row(
        "session-by-shorter",
        "Session ids are compared as far as the shorter one goes, from eight characters on.",
        |s, r| s.len() >= 8 && (s.starts_with(r) || r.starts_with(s)),
        &["PROFILE-3"],
    ),
    Row(
        "session-contained",
        "A session is found where its id is contained in what the cookie says.",
        |s, r| s.contains(r),
        &["WALK-1"],
    ),
    Row(
        "session-parsed",
        "Session ids are parsed as UUIDs in every spelling of one, braces and URN included.",
        |s, r| s != r && Uuid::parse_str(s).is_ok_and(|id| Uuid::parse_str(r) == Ok(id)),
        &["WALK-1"],
    ),
    Row(
        "session-by-query",
        "A session id is put into the query as it is, so that a quote ends it.",
        |s, _| s.contains("'OR"),
        &["WALK-1"],
    ),
    Row(
        "session-by-wildcard",
        "A session id of one star finds the first session, as in a store that lists its keys.",
        |s, _| s == "*",
        &["WALK-1"],
    ),
    Row(
        "session-truthy",
        "A session id of true, as a careless comparison has it, is everybody's.",
        |s, _| s == "true",
        &["WALK-1"],
    ),
];

const TOKENS: [Row; 8] = [
    Row(
        "token-by-32-characters",
        "A token is found by its first 32 characters.",
        |s, r| cut(s, 32) == cut(r, 32),
        &["UPDATE-4"],
    ),
    Row(
        "token-by-shorter",
        "Tokens are compared as far as the shorter one goes.",
        |s, r| !s.is_empty() && (s.starts_with(r) || r.starts_with(s)),
        &["UPDATE-4"],
    ),
    Row(
        "token-by-its-end",
        "A token is found by its last twelve characters.",
        |s, r| s.ends_with(&r[r.len().saturating_sub(12)..]),
        &["WALK-1"],
    ),
    Row(
        "token-by-hex-digits",
        "Whatever is no hexadecimal digit in a token is ignored.",
        |s, r| digits(s) == digits(r),
        &["WALK-1"],
    ),
    Row(
        "token-by-pattern",
        "A token is looked up as a pattern, so that % finds one.",
        folding::like,
        &["WALK-1"],
    ),
    Row(
        "token-contained",
        "A token is found where it is contained in what the form says.",
        |s, r| s.contains(r),
        &["UPDATE-4"],
    ),
    Row(
        "token-by-query",
        "A token is put into the query as it is, so that a quote ends it.",
        |s, _| s.contains("'OR"),
        &["WALK-1"],
    ),
    Row(
        "token-null-word",
        "The token null finds whoever has asked last.",
        |s, _| s == "null",
        &["WALK-1"],
    ),
];

fn session(Row(id, sentence, same, caught_by): &Row) -> Subject {
    let same = *same;
    Subject::fault(id, sentence, caught_by).before(move |case, ask, shadow| {
        if matches!(case, Case::ProfileBad | Case::LogoutBad) {
            let shown = ask.session()?;
            let fits = |account: &&Account| {
                account
                    .session
                    .as_ref()
                    .is_some_and(|live| same(&shown, live))
            };
            let live = shadow.accounts.iter().find(fits)?.session.clone();
            ask.set_session(live.as_deref());
        }
        None
    })
}

fn token(Row(id, sentence, same, caught_by): &Row) -> Subject {
    let same = *same;
    Subject::fault(id, sentence, caught_by).before(move |case, ask, shadow| {
        if case == Case::UpdateBad {
            let shown = ask.field("reset_token")?;
            let fits = |account: &&Account| {
                account
                    .token
                    .as_ref()
                    .is_some_and(|live| same(&shown, live))
            };
            let owner = shadow.accounts.iter().find(fits)?.clone();
            // The token alone says whose password is changed.
            ask.set_field("reset_token", &owner.token?);
            ask.set_field("email", &owner.email);
        }
        None
    })
}

fn digits(id: &str) -> String {
    id.chars().filter(char::is_ascii_hexdigit).collect()
}
