//! Password updates that let in what they have to refuse: bad tokens and missing fields.

use crate::proof::{
    proxy::Case,
    subject::{
        Subject,
        edits::{
            Edit::{RefuseIf, SucceedIf},
            Row, success,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("update-malformed-token-500", "A token that is no UUID makes the update fail with 500.",
     &["UPDATE-4"], &[Case::UpdateBad], RefuseIf(500, |request, _| {
         uuid::Uuid::parse_str(&request.field("reset_token").unwrap_or_default()).is_err()
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
];

/// The faults of this area that have a memory.
pub(super) fn by_hand() -> Vec<Subject> {
    vec![
        Subject::fault(
            "update-by-session",
            "The session id works as a token.",
            &["UPDATE-4"],
        )
        .whole(|case, mut request, upstream| async move {
            let id = request.field("reset_token").unwrap_or_default();
            let owner = upstream.state().by_session(&id).map(|a| a.email.clone());
            if let (Case::UpdateBad, Some(owner)) = (case, owner) {
                let token = upstream.token_of(&owner).await.unwrap_or_default();
                request.set_field("reset_token", &token);
            }
            upstream.send(request).await
        }),
        Subject::fault(
            "update-empty-token-finds-null",
            "An empty token is looked up as null, and changes a user who has none.",
            &["UPDATE-4"],
        )
        .whole(|case, request, upstream| async move {
            let empty = request
                .field("reset_token")
                .is_some_and(|token| token.is_empty());
            if case != Case::UpdateBad || !empty {
                return upstream.send(request).await;
            }
            let found = upstream
                .state()
                .find(|a| a.token.is_none())
                .map(|a| a.email.clone());
            let password = request.field("new_password").unwrap_or_default();
            upstream
                .change_password(&found.unwrap_or_default(), &password)
                .await;
            success(&request)
        }),
        Subject::fault(
            "update-missing-token-finds-null",
            "A missing token is looked up as null, and changes a user who has none.",
            &["UPDATE-6"],
        )
        .whole(|_, request, upstream| async move {
            let response = upstream.send(request.clone()).await;
            let update = request.is(&hyper::Method::PUT, "/reset_password");
            let password = request
                .field("new_password")
                .filter(|password| !password.is_empty());
            if let (true, None, Some(password)) = (update, request.field("reset_token"), password) {
                let email = request.field("email");
                let found = {
                    let state = upstream.state();
                    let by_email = email.and_then(|e| state.account(&e).cloned());
                    let found = by_email.or_else(|| state.find(|a| a.token.is_none()).cloned());
                    found.map(|account| account.email)
                };
                upstream
                    .change_password(&found.unwrap_or_default(), &password)
                    .await;
            }
            response
        }),
        Subject::fault(
            "update-empty-password-changes",
            "An update to an empty password is refused, and the old password is gone.",
            &["UPDATE-7"],
        )
        .whole(|case, request, upstream| async move {
            let response = upstream.send(request.clone()).await;
            if case == Case::UpdateOdd && !lacks_a_field(&request) {
                let email = request.field("email").unwrap_or_default();
                upstream.change_password(&email, "changed").await;
            }
            response
        }),
    ]
}

fn lacks_a_field(request: &crate::proof::proxy::Request) -> bool {
    ["email", "reset_token", "new_password"]
        .iter()
        .any(|name| request.field(name).is_none())
}
