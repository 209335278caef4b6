//! Cookie headers: each row of the table is a way to misread one.

use crate::proof::subject::prelude::*;

/// Where a session is looked for.
const SESSIONS: &[Case] = &[
    Case::Profile,
    Case::ProfileEnded,
    Case::ProfileBare,
    Case::ProfileBad,
    Case::Logout,
    Case::LogoutEnded,
    Case::LogoutBare,
    Case::LogoutBad,
];

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("cookies-stop-at-blank",
     "A blank in a cookie's value ends the reading of all cookies after it.",
     &["WALK-1"], SESSIONS,
     Cookies(|all| value_of(pairs(all).into_iter().take_while(|(_, v)| !v.contains(' '))))),
    ("cookies-one-equals-sign", "One cookie with = in its value, and no cookie is read.",
     &["WALK-1"], SESSIONS, Cookies(|all| {
         value_of(pairs(all).into_iter().filter(|_| pairs(all).iter().all(|(_, v)| !v.contains('='))))
     })),
    ("cookies-any-case", "Names of cookies are compared without regard to case.",
     &["PROFILE-6"], SESSIONS, Cookies(|all| found(all, |name| name.eq_ignore_ascii_case("session_id")))),
    ("cookies-name-ending", "A cookie is the session's where its name ends in session_id.",
     &["PROFILE-6"], SESSIONS, Cookies(|all| found(all, |name| name.ends_with("session_id")))),
    ("cookies-name-beginning", "A cookie is the session's where its name begins with session.",
     &["WALK-1"], SESSIONS, Cookies(|all| found(all, |name| name.starts_with("session")))),
    ("cookies-first-only", "Only the first cookie of a request is read.",
     &["PROFILE-6"], SESSIONS, Cookies(|all| value_of(pairs(all).into_iter().take(1)))),
    ("cookies-last-only", "Only the last cookie of a request is read.",
     &["PROFILE-6"], SESSIONS, Cookies(|all| value_of(pairs(all).into_iter().rev().take(1)))),
    ("cookies-any-name", "The session is the value of any cookie that is a UUID.",
     &["PROFILE-6"], SESSIONS, Cookies(|all| {
         let is_id = |(_, value): &(&str, &str)| Uuid::parse_str(value).is_ok();
         let any = pairs(all).into_iter().find(is_id).map(|(_, value)| value.to_owned());
         any.or_else(|| found(all, |n| n == "session_id"))
     })),
    ("cookies-quote-starts-a-text", "A quote in one cookie makes the rest of the header its value.",
     &["WALK-1"], SESSIONS,
     Cookies(|all| value_of(pairs(all).into_iter().take_while(|(_, v)| !v.contains('"'))))),
    ("cookies-split-at-comma",
     "Cookies are split at commas too, and one with a comma spoils them all.",
     &["WALK-1"], SESSIONS, Cookies(|all| value_of(pairs(all).into_iter().filter(|_| !all.contains(','))))),
];

fn pairs(all: &str) -> Vec<(&str, &str)> {
    all.split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .collect()
}

fn found(all: &str, is: fn(&str) -> bool) -> Option<String> {
    pairs(all)
        .into_iter()
        .find(|(name, _)| is(name))
        .map(|(_, value)| value.to_owned())
}

fn value_of<'a>(mut pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    pairs
        .find(|(name, _)| *name == "session_id")
        .map(|(_, value)| value.to_owned())
}
