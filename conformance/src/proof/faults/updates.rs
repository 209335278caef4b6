//! Password updates that do nothing, do something else, or do it to others; and those that let in
//! what they have to refuse: bad tokens and missing fields.

use crate::proof::subject::prelude::*;

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
    ("update-malformed-token-500", "A token that is no UUID makes the update fail with 500.",
     &["UPDATE-4"], &[Case::UpdateBad], RefuseIf(500, |request, _| {
         Uuid::parse_str(&request.field("reset_token").unwrap_or_default()).is_err()
     })),
    ("update-missing-field-500", "An update without one of its fields fails with 500.",
     &["UPDATE-6"], &[Case::UpdateOdd], RefuseIf(500, |request, _| lacks_a_field(request))),
    ("update-missing-field-200",
     "An update without one of its fields is answered as if it had worked.",
     &["UPDATE-6"], &[Case::UpdateOdd], SucceedIf(|request, _| lacks_a_field(request))),
    ("update-empty-password-accepted",
     "An update to an empty password is answered as if it had worked.",
     &["UPDATE-7"], &[Case::UpdateOdd], SucceedIf(|request, _| !lacks_a_field(request))),
    ("update-empty-password-500", "An update to an empty password fails with 500.",
     &["UPDATE-7"], &[Case::UpdateOdd], RefuseIf(500, |request, _| !lacks_a_field(request))),
    ("update-by-session", "The session id works as a token.",
     &["UPDATE-4"], &[Case::UpdateBad], FreshToken(|state, shown| state.by_session(shown))),
    ("update-empty-token-finds-null",
     "An empty token is looked up as null, and changes a user who has none.",
     &["UPDATE-4"], ANY, All(&[
         (&[Case::UpdateBad], Effect(Ahead, SetPassword, Found(|request, state| {
             state.find(|a| a.token.is_none() && is_empty(request, "reset_token"))
         }))),
         (&[Case::UpdateBad], SucceedIf(|request, _| is_empty(request, "reset_token"))),
     ])),
    ("update-missing-token-finds-null",
     "A missing token is looked up as null, and changes a user who has none.",
     &["UPDATE-6"], &[Case::UpdateOdd],
     Effect(Beside, SetPassword, Found(|request, state| {
         let password = request.field("new_password").filter(|new| !new.is_empty());
         let (None, Some(_)) = (request.field("reset_token"), password) else {
             return None;
         };
         let by_email = request.field("email").and_then(|email| state.account(&email));
         by_email.or_else(|| state.find(|a| a.token.is_none()))
     }))),
    ("update-empty-password-changes",
     "An update to an empty password is refused, and the old password is gone.",
     &["UPDATE-7"], &[Case::UpdateOdd],
     Effect(Beside, ChangePassword, Found(|request, state| {
         state.account(&request.field("email")?).filter(|_| !lacks_a_field(request))
     }))),
];

fn lacks_a_field(request: &Request) -> bool {
    ["email", "reset_token", "new_password"]
        .iter()
        .any(|name| request.field(name).is_none())
}

fn is_empty(request: &Request, field: &str) -> bool {
    request.field(field).as_deref() == Some("")
}
