//! Session ids and tokens.

use super::{cut, folding};
use crate::proof::subject::prelude::*;

const UNKNOWN: &[Case] = &[Case::ProfileBad, Case::LogoutBad];

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("session-by-32-characters", "A session is found by the first 32 characters of its id.",
     &["WALK-1"], UNKNOWN, TakeSession(|s, r| cut(s, 32) == cut(r, 32))),
    ("session-by-34-characters", "A session is found by the first 34 characters of its id.",
     &["WALK-1"], UNKNOWN, TakeSession(|s, r| cut(s, 34) == cut(r, 34))),
    ("session-by-its-end", "A session is found by the last twelve characters of its id.",
     &["WALK-1"], UNKNOWN, TakeSession(|s, r| s.ends_with(&r[r.len().saturating_sub(12)..]))),
    ("session-by-hex-digits", "Whatever is no hexadecimal digit in a session id is ignored.",
     &["WALK-1"], UNKNOWN, TakeSession(|s, r| digits(s) == digits(r))),
    ("session-by-pattern", "A session id is looked up as a pattern, so that % finds one.",
     &["WALK-1"], UNKNOWN, TakeSession(folding::like)),
    ("session-by-shorter",
     "Session ids are compared as far as the shorter one goes, from eight characters on.",
     &["PROFILE-3"], UNKNOWN, TakeSession(|s, r| s.len() >= 8 && (s.starts_with(r) || r.starts_with(s)))),
    ("session-contained", "A session is found where its id is contained in what the cookie says.",
     &["WALK-1"], UNKNOWN, TakeSession(|s, r| s.contains(r))),
    ("session-parsed",
     "Session ids are parsed as UUIDs in every spelling of one, braces and URN included.",
     &["WALK-1"], UNKNOWN,
     TakeSession(|s, r| s != r && Uuid::parse_str(s).is_ok_and(|id| Uuid::parse_str(r) == Ok(id)))),
    ("session-by-query", "A session id is put into the query as it is, so that a quote ends it.",
     &["WALK-1"], UNKNOWN, TakeSession(|s, _| s.contains("'OR"))),
    ("session-by-wildcard",
     "A session id of one star finds the first session, as in a store that lists its keys.",
     &["WALK-1"], UNKNOWN, TakeSession(|s, _| s == "*")),
    ("session-truthy", "A session id of true, as a careless comparison has it, is everybody's.",
     &["WALK-1"], UNKNOWN, TakeSession(|s, _| s == "true")),
    ("token-by-32-characters", "A token is found by its first 32 characters.",
     &["UPDATE-4"], &[Case::UpdateBad], TakeToken(|s, r| cut(s, 32) == cut(r, 32))),
    ("token-by-shorter", "Tokens are compared as far as the shorter one goes.",
     &["UPDATE-4"], &[Case::UpdateBad],
     TakeToken(|s, r| !s.is_empty() && (s.starts_with(r) || r.starts_with(s)))),
    ("token-by-its-end", "A token is found by its last twelve characters.",
     &["WALK-1"], &[Case::UpdateBad], TakeToken(|s, r| s.ends_with(&r[r.len().saturating_sub(12)..]))),
    ("token-by-hex-digits", "Whatever is no hexadecimal digit in a token is ignored.",
     &["WALK-1"], &[Case::UpdateBad], TakeToken(|s, r| digits(s) == digits(r))),
    ("token-by-pattern", "A token is looked up as a pattern, so that % finds one.",
     &["WALK-1"], &[Case::UpdateBad], TakeToken(folding::like)),
    ("token-contained", "A token is found where it is contained in what the form says.",
     &["UPDATE-4"], &[Case::UpdateBad], TakeToken(|s, r| s.contains(r))),
    ("token-by-query", "A token is put into the query as it is, so that a quote ends it.",
     &["WALK-1"], &[Case::UpdateBad], TakeToken(|s, _| s.contains("'OR"))),
    ("token-null-word", "The token null finds whoever has asked last.",
     &["WALK-1"], &[Case::UpdateBad], TakeToken(|s, _| s == "null")),
];

fn digits(id: &str) -> String {
    id.chars().filter(char::is_ascii_hexdigit).collect()
}
