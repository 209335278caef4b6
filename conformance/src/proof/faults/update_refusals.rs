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
     &["UPDATE-4"], &[Case::UpdateBad], RefuseIf(500, |ask, _| {
         uuid::Uuid::parse_str(&ask.field("reset_token").unwrap_or_default()).is_err()
     })),
    ("update-missing-field-500", "An update without one of its fields fails with 500.",
     &["UPDATE-6"], &[Case::UpdateOdd], RefuseIf(500, |ask, _| lacks_a_field(ask))),
    ("update-missing-field-200",
     "An update without one of its fields is answered as if it had worked.",
     &["UPDATE-6"], &[Case::UpdateOdd], SucceedIf(|ask, _| lacks_a_field(ask))),
    ("update-empty-password-accepted",
     "An update to an empty password is answered as if it had worked.",
     &["UPDATE-7"], &[Case::UpdateOdd], SucceedIf(|ask, _| !lacks_a_field(ask))),
    ("update-empty-password-500", "An update to an empty password fails with 500.",
     &["UPDATE-7"], &[Case::UpdateOdd], RefuseIf(500, |ask, _| !lacks_a_field(ask))),
];

/// The faults of this area that have a memory.
pub(super) fn by_hand() -> Vec<Subject> {
    vec![
        Subject::fault(
            "update-by-session",
            "The session id works as a token.",
            &["UPDATE-4"],
        )
        .whole(|case, mut ask, door| async move {
            let id = ask.field("reset_token").unwrap_or_default();
            let owner = door.shadow().by_session(&id).map(|a| a.email.clone());
            if let (Case::UpdateBad, Some(owner)) = (case, owner) {
                let token = door.token_of(&owner).await.unwrap_or_default();
                ask.set_field("reset_token", &token);
            }
            door.send(ask).await
        }),
        Subject::fault(
            "update-empty-token-finds-null",
            "An empty token is looked up as null, and changes a user who has none.",
            &["UPDATE-4"],
        )
        .whole(|case, ask, door| async move {
            let empty = ask
                .field("reset_token")
                .is_some_and(|token| token.is_empty());
            if case != Case::UpdateBad || !empty {
                return door.send(ask).await;
            }
            let found = door
                .shadow()
                .find(|a| a.token.is_none())
                .map(|a| a.email.clone());
            let password = ask.field("new_password").unwrap_or_default();
            door.change_password(&found.unwrap_or_default(), &password)
                .await;
            success(&ask)
        }),
        Subject::fault(
            "update-missing-token-finds-null",
            "A missing token is looked up as null, and changes a user who has none.",
            &["UPDATE-6"],
        )
        .whole(|_, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            let update = ask.is(&hyper::Method::PUT, "/reset_password");
            let password = ask
                .field("new_password")
                .filter(|password| !password.is_empty());
            if let (true, None, Some(password)) = (update, ask.field("reset_token"), password) {
                let email = ask.field("email");
                let found = {
                    let shadow = door.shadow();
                    let by_email = email.and_then(|e| shadow.account(&e).cloned());
                    let found = by_email.or_else(|| shadow.find(|a| a.token.is_none()).cloned());
                    found.map(|account| account.email)
                };
                door.change_password(&found.unwrap_or_default(), &password)
                    .await;
            }
            answer
        }),
        Subject::fault(
            "update-empty-password-changes",
            "An update to an empty password is refused, and the old password is gone.",
            &["UPDATE-7"],
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::UpdateOdd && !lacks_a_field(&ask) {
                let email = ask.field("email").unwrap_or_default();
                door.change_password(&email, "changed").await;
            }
            answer
        }),
    ]
}

fn lacks_a_field(ask: &crate::proof::proxy::Ask) -> bool {
    ["email", "reset_token", "new_password"]
        .iter()
        .any(|name| ask.field(name).is_none())
}
