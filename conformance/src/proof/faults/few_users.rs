//! Faults that show only while the store holds nobody, one user or two: lookups that expect
//! exactly one row, or that take the only one.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("few-users-none-profile-500",
     "While nobody is registered, a profile without a cookie fails with 500.",
     &["PROFILE-2"], &[Case::ProfileBare], RefuseIf(500, |_, state| state.accounts.is_empty())),
    ("few-users-one-profile-found",
     "While one user is registered, a profile without a cookie is that user's.",
     &["PROFILE-2"], &[Case::ProfileBare], ProfileOf(|_, state| only(state))),
    ("few-users-two-profile-500",
     "While two users have no session, a profile without a cookie finds both and fails.",
     &["PROFILE-2"], &[Case::ProfileBare], RefuseIf(500, |_, state| are_two(state))),
    ("few-users-none-logout-500",
     "While nobody is registered, a logout without a cookie fails with 500.",
     &["LOGOUT-3"], &[Case::LogoutBare], RefuseIf(500, |_, state| state.accounts.is_empty())),
    ("few-users-two-logout-500",
     "While two users have no session, a logout without a cookie finds both and fails.",
     &["LOGOUT-3"], &[Case::LogoutBare], RefuseIf(500, |_, state| are_two(state))),
    ("few-users-none-unknown-id-500",
     "While nobody is registered, an unknown session id makes the profile fail with 500.",
     &["PROFILE-3"], &[Case::ProfileBad], RefuseIf(500, |_, state| state.accounts.is_empty())),
    ("few-users-one-empty-id-found",
     "While one user is registered, an empty session id opens that user's profile.",
     &["PROFILE-3"], &[Case::ProfileBad], ProfileOf(|request, state| only(state).filter(|_| is_empty(request)))),
    ("few-users-one-empty-id-logs-out",
     "While one user is registered, a logout with an empty session id is redirected.",
     &["LOGOUT-4"], &[Case::LogoutBad], SucceedIf(|request, state| only(state).is_some() && is_empty(request))),
    ("few-users-one-empty-token-works",
     "While one user is registered, an empty token changes that user's password.",
     &["UPDATE-4"], &[Case::UpdateBad],
     Effect(Instead, SetPassword, Found(|request, state| {
         only(state).filter(|_| request.field("reset_token").as_deref() == Some(""))
     }))),
    ("few-users-one-missing-token-works",
     "While one user is registered, a missing token changes that user's password.",
     &["UPDATE-6"], &[Case::UpdateOdd],
     Effect(Instead, SetPassword, Found(|request, state| {
         let missing = request.field("reset_token").is_none() && request.field("new_password").is_some();
         only(state).filter(|_| missing)
     }))),
];

fn only(state: &ObservedState) -> Option<&Account> {
    let [only] = state.accounts.as_slice() else {
        return None;
    };
    Some(only)
}

fn are_two(state: &ObservedState) -> bool {
    state.accounts.len() == 2 && state.logins.is_empty()
}

fn is_empty(request: &Request) -> bool {
    request.session().as_deref() == Some("")
}
