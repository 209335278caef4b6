//! Profiles for those who have no session.

use serde_json::{Value, json};

use super::{Subject, edits::profile_of};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = without_cookie();
    faults.extend(with_another_value());
    faults
}

fn without_cookie() -> Vec<Subject> {
    vec![
        Subject::fault(
            "profile-bare-finds-null",
            "No cookie is looked up as null, which finds the first user without a session.",
            &["PROFILE-2"],
        )
        .at([Case::ProfileBare], |_, answer, shadow| {
            if let Some(account) = shadow.find(|account| account.session.is_none()) {
                *answer = profile_of(&account.email);
            }
        }),
        Subject::fault(
            "profile-bare-200-null",
            "A profile without a cookie answers 200 with null for the email.",
            &["PROFILE-2", "E2E-1"],
        )
        .at([Case::ProfileBare], |_, answer, _| {
            *answer = Answer::json(200, &json!({"email": Value::Null}));
        }),
        Subject::fault(
            "profile-bare-200-error",
            "A profile without a cookie answers 200 with an error in the payload.",
            &["PROFILE-2", "E2E-1"],
        )
        .at([Case::ProfileBare], |_, answer, _| {
            *answer = Answer::json(200, &json!({"error": "Forbidden"}));
        }),
        Subject::fault(
            "profile-bare-first-user",
            "A profile without a cookie is that of the first user.",
            &["PROFILE-2"],
        )
        .at([Case::ProfileBare], |_, answer, shadow| {
            if let Some(account) = shadow.accounts.first() {
                *answer = profile_of(&account.email);
            }
        }),
    ]
}

fn with_another_value() -> Vec<Subject> {
    vec![
        Subject::fault(
            "profile-empty-id-finds-null",
            "An empty session id is looked up as null, which finds a user without a session.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |ask, answer, shadow| {
            let found = shadow.find(|account| account.session.is_none());
            if let (Some(""), Some(account)) = (ask.session().as_deref(), found) {
                *answer = profile_of(&account.email);
            }
        }),
        Subject::fault(
            "profile-empty-id-500",
            "An empty session id makes the profile fail with 500.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |ask, answer, _| {
            if ask.session().as_deref() == Some("") {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "profile-malformed-id-500",
            "A session id that is no UUID makes the profile fail with 500.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |ask, answer, _| {
            let id = ask.session().unwrap_or_default();
            if uuid::Uuid::parse_str(&id).is_err() {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "profile-malformed-id-400",
            "A session id that is no UUID is answered with 400, and an unknown one with 403.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |ask, answer, _| {
            let id = ask.session().unwrap_or_default();
            if uuid::Uuid::parse_str(&id).is_err() {
                *answer = Answer::page(400);
            }
        }),
        Subject::fault(
            "profile-by-email",
            "An email in the session cookie opens its user's profile.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |ask, answer, shadow| {
            if let Some(account) = shadow.account(&ask.session().unwrap_or_default()) {
                *answer = profile_of(&account.email);
            }
        }),
        Subject::fault(
            "profile-by-beginning-of-id",
            "The beginning of a session id is enough.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |ask, answer, shadow| {
            let id = ask.session().unwrap_or_default();
            let live = |session: &String| id.len() >= 4 && session.starts_with(&id);
            let found = shadow.find(|account| account.session.as_ref().is_some_and(live));
            if let Some(account) = found {
                *answer = profile_of(&account.email);
            }
        }),
        Subject::fault(
            "profile-unknown-id-200-null",
            "An unknown session id answers 200 with null for the email.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |_, answer, _| {
            *answer = Answer::json(200, &json!({"email": Value::Null}));
        }),
        Subject::fault(
            "profile-unknown-id-last-user",
            "An unknown session id answers the profile of the user who registered last.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |_, answer, shadow| {
            if let Some(account) = shadow.accounts.last() {
                *answer = profile_of(&account.email);
            }
        }),
    ]
}
