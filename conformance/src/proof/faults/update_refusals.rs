//! Password updates that let in what they have to refuse: bad tokens and missing fields.

use crate::proof::subject::prelude::*;

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
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
