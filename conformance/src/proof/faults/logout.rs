//! Logouts that end too much, too little, or somebody else's session.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("logout-deletes-account", "A logout deletes the account.",
     &["LOGOUT-5"], ANY, After(|case, request, response, state| {
         let deleted = |email: &str| format!("deleted {email}");
         let email = request.field("email").unwrap_or_default();
         match case {
             Case::Logout => {
                 let id = request.session().unwrap_or_default();
                 let owner = state.by_old_session(&id).map(|account| account.email.clone());
                 state.notes.extend(owner.map(|owner| (deleted(&owner), owner)));
             }
             Case::Login if state.notes.contains_key(&deleted(&email)) => {
                 *response = Response::page(401);
             }
             Case::Reset if state.notes.contains_key(&deleted(&email)) => {
                 *response = Response::page(403);
             }
             _ => {}
         }
     })),
    ("logout-bare-finds-null",
     "A logout without a cookie finds a user who has no session and redirects.",
     &["LOGOUT-3"], &[Case::LogoutBare],
     SucceedIf(|_, state| state.find(|account| account.session.is_none()).is_some())),
    ("logout-empty-id-302", "A logout with an empty session id is redirected.",
     &["LOGOUT-4"], &[Case::LogoutBad], SucceedIf(|request, _| request.session().as_deref() == Some(""))),
    ("logout-malformed-id-500", "A logout with a session id that is no UUID fails with 500.",
     &["LOGOUT-4"], &[Case::LogoutBad],
     RefuseIf(500, |request, _| Uuid::parse_str(&request.session().unwrap_or_default()).is_err())),
    ("logout-always-403", "Every logout is refused and ends nothing.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], DenyUser(403, |_, _| true)),
];
