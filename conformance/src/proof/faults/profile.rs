//! Profiles for those who have no session.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("profile-bare-finds-null",
     "No cookie is looked up as null, which finds the first user without a session.",
     &["PROFILE-2"], &[Case::ProfileBare],
     ProfileOf(|_, state| state.find(|account| account.session.is_none()))),
    ("profile-bare-200-null", "A profile without a cookie answers 200 with null for the email.",
     &["PROFILE-2", "E2E-1"], &[Case::ProfileBare], Json(r#"{"email":null}"#)),
    ("profile-bare-200-error",
     "A profile without a cookie answers 200 with an error in the payload.",
     &["PROFILE-2", "E2E-1"], &[Case::ProfileBare], Json(r#"{"error":"Forbidden"}"#)),
    ("profile-bare-first-user", "A profile without a cookie is that of the first user.",
     &["PROFILE-2"], &[Case::ProfileBare], ProfileOf(|_, state| state.accounts.first())),
    ("profile-empty-id-finds-null",
     "An empty session id is looked up as null, which finds a user without a session.",
     &["PROFILE-3"], &[Case::ProfileBad], ProfileOf(|request, state| {
         let empty = request.session().as_deref() == Some("");
         state.find(|account| empty && account.session.is_none())
     })),
    ("profile-empty-id-500", "An empty session id makes the profile fail with 500.",
     &["PROFILE-3"], &[Case::ProfileBad], RefuseIf(500, |request, _| request.session().as_deref() == Some(""))),
    ("profile-malformed-id-500", "A session id that is no UUID makes the profile fail with 500.",
     &["PROFILE-3"], &[Case::ProfileBad],
     RefuseIf(500, |request, _| Uuid::parse_str(&request.session().unwrap_or_default()).is_err())),
    ("profile-malformed-id-400",
     "A session id that is no UUID is answered with 400, and an unknown one with 403.",
     &["PROFILE-3"], &[Case::ProfileBad],
     RefuseIf(400, |request, _| Uuid::parse_str(&request.session().unwrap_or_default()).is_err())),
    ("profile-by-email", "An email in the session cookie opens its user's profile.",
     &["PROFILE-3"], &[Case::ProfileBad],
     ProfileOf(|request, state| state.account(&request.session().unwrap_or_default()))),
    ("profile-by-beginning-of-id", "The beginning of a session id is enough.",
     &["PROFILE-3"], &[Case::ProfileBad], ProfileOf(|request, state| {
         let id = request.session().filter(|id| id.len() >= 4)?;
         state.find(|account| account.session.as_ref().is_some_and(|live| live.starts_with(&id)))
     })),
    ("profile-unknown-id-200-null", "An unknown session id answers 200 with null for the email.",
     &["PROFILE-3"], &[Case::ProfileBad], Json(r#"{"email":null}"#)),
    ("profile-unknown-id-last-user",
     "An unknown session id answers the profile of the user who registered last.",
     &["PROFILE-3"], &[Case::ProfileBad], ProfileOf(|_, state| state.accounts.last())),
];
