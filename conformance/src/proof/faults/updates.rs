//! Password updates that do nothing, do something else, or do it to others.

use crate::proof::subject::prelude::*;

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("update-does-nothing", "An update is answered as documented and changes nothing.",
     &["UPDATE-2", "E2E-1"], &[Case::Update], Feign(|_, _| true)),
    ("update-login-fails-500",
     "An update stores the new password unhashed, and the next login fails with 500.",
     &["UPDATE-2", "E2E-1"], &[Case::Login], RefuseIf(500, |request, state| {
         state.subject(&request.call()).is_some_and(|a| !a.old_passwords.is_empty())
     })),
    ("update-clears-all-tokens", "An update clears the tokens of all users.",
     &["UPDATE-5"], ANY, Before(|case, request, state| {
         let shown = request.field("reset_token")?;
         if case != Case::Update {
             return None;
         }
         if state.notes.contains_key(&shown) {
             return Some(Response::page(403));
         }
         let live = state.accounts.iter().filter_map(|a| a.token.clone());
         let cleared: Vec<(String, String)> = live
             .filter(|token| *token != shown)
             .map(|token| (token, String::new()))
             .collect();
         state.notes.extend(cleared);
         None
     })),
    ("update-ignores-email", "A token works whatever email is sent with it.",
     &["UPDATE-8"], &[Case::UpdateMismatch], TakeToken(|s, r| s == r)),
    ("update-stores-hash-of-hash",
     "An update hashes the new password twice, so that it does not log in.",
     &["UPDATE-2", "E2E-1"], &[Case::Update], Field("new_password", |password| format!("hashed:{password}"))),
    ("update-trims", "An update cuts the blanks around the new password.",
     &["UPDATE-2"], &[Case::Update], Field("new_password", |password| password.trim().to_owned())),
    ("update-lower-cases", "An update stores the new password in lower case.",
     &["UPDATE-2"], &[Case::Update], Field("new_password", str::to_lowercase)),
    ("update-cuts", "An update keeps the first eight characters of the new password.",
     &["UPDATE-2", "E2E-1"], &[Case::Update],
     Field("new_password", |password| password.chars().take(8).collect())),
    ("update-plus-for-blank", "An update stores a plus for each blank of the new password.",
     &["UPDATE-2"], &[Case::Update], Field("new_password", |password| password.replace(' ', "+"))),
    ("update-token-stays", "A token works again and again.",
     &["UPDATE-3"], &[Case::UpdateUsed], FreshToken(|state, shown| state.by_used_token(shown))),
];
