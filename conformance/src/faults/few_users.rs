//! Faults that show only while the store holds nobody, one user or two: lookups that expect
//! exactly one row, or that take the only one.

use super::{
    Subject,
    edits::{profile_of, success},
};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let faults = [lookups_without_cookie(), lookups_by_empty_value()].concat();
    faults.into_iter().map(Subject::on_a_fresh_start).collect()
}

fn lookups_without_cookie() -> Vec<Subject> {
    vec![
        Subject::fault(
            "few-users-none-profile-500",
            "While nobody is registered, a profile without a cookie fails with 500.",
            &["PROFILE-2"],
        )
        .at([Case::ProfileBare], |_, answer, shadow| {
            if shadow.accounts.is_empty() {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "few-users-one-profile-found",
            "While one user is registered, a profile without a cookie is that user's.",
            &["PROFILE-2"],
        )
        .at([Case::ProfileBare], |_, answer, shadow| {
            if let [only] = shadow.accounts.as_slice() {
                *answer = profile_of(&only.email);
            }
        }),
        Subject::fault(
            "few-users-two-profile-500",
            "While two users have no session, a profile without a cookie finds both and fails.",
            &["PROFILE-2"],
        )
        .at([Case::ProfileBare], |_, answer, shadow| {
            if shadow.accounts.len() == 2 && shadow.logins.is_empty() {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "few-users-none-logout-500",
            "While nobody is registered, a logout without a cookie fails with 500.",
            &["LOGOUT-3"],
        )
        .at([Case::LogoutBare], |_, answer, shadow| {
            if shadow.accounts.is_empty() {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "few-users-two-logout-500",
            "While two users have no session, a logout without a cookie finds both and fails.",
            &["LOGOUT-3"],
        )
        .at([Case::LogoutBare], |_, answer, shadow| {
            if shadow.accounts.len() == 2 && shadow.logins.is_empty() {
                *answer = Answer::page(500);
            }
        }),
    ]
}

fn lookups_by_empty_value() -> Vec<Subject> {
    vec![
        Subject::fault(
            "few-users-none-unknown-id-500",
            "While nobody is registered, an unknown session id makes the profile fail with 500.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |_, answer, shadow| {
            if shadow.accounts.is_empty() {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "few-users-one-empty-id-found",
            "While one user is registered, an empty session id opens that user's profile.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], |ask, answer, shadow| {
            if let ([only], Some("")) = (shadow.accounts.as_slice(), ask.session().as_deref()) {
                *answer = profile_of(&only.email);
            }
        }),
        Subject::fault(
            "few-users-one-empty-id-logs-out",
            "While one user is registered, a logout with an empty session id is redirected.",
            &["LOGOUT-4"],
        )
        .at([Case::LogoutBad], |ask, answer, shadow| {
            if shadow.accounts.len() == 1 && ask.session().as_deref() == Some("") {
                *answer = success(ask);
            }
        }),
        Subject::fault(
            "few-users-one-empty-token-works",
            "While one user is registered, an empty token changes that user's password.",
            &["UPDATE-4"],
        )
        .whole(|case, ask, door| async move {
            let only = match door.shadow().accounts.as_slice() {
                [only] => Some(only.email.clone()),
                _ => None,
            };
            match (only, ask.field("reset_token").as_deref()) {
                (Some(only), Some("")) if case == Case::UpdateBad => {
                    let password = ask.field("new_password").unwrap_or_default();
                    door.change_password(&only, &password).await;
                    success(&ask)
                }
                _ => door.send(ask).await,
            }
        }),
        Subject::fault(
            "few-users-one-missing-token-works",
            "While one user is registered, a missing token changes that user's password.",
            &["UPDATE-6"],
        )
        .whole(|_, ask, door| async move {
            let only = match door.shadow().accounts.as_slice() {
                [only] => Some(only.email.clone()),
                _ => None,
            };
            let update = ask.is(&hyper::Method::PUT, "/reset_password");
            match (only, ask.field("reset_token"), ask.field("new_password")) {
                (Some(only), None, Some(password)) if update => {
                    door.change_password(&only, &password).await;
                    success(&ask)
                }
                _ => door.send(ask).await,
            }
        }),
    ]
}
