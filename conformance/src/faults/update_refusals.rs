//! Password updates that let in what they have to refuse: bad tokens and missing fields.

use super::{Subject, edits::success};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = bad_tokens();
    faults.extend(missing_fields());
    faults
}

/// A server that updates the user of the email that was sent, for a token that `accepted` says
/// yes to, and answers with what the target says or with success.
fn by_email(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    refuses: bool,
) -> Subject {
    Subject::fault(id, sentence, caught_by).whole(move |case, ask, door| async move {
        let refusal = door.send(ask.clone()).await;
        if case != Case::UpdateBad {
            return refusal;
        }
        let (email, password) = (ask.field("email"), ask.field("new_password"));
        door.change_password(&email.unwrap_or_default(), &password.unwrap_or_default())
            .await;
        if refuses { refusal } else { success(&ask) }
    })
}

fn bad_tokens() -> Vec<Subject> {
    vec![
        by_email(
            "update-by-email",
            "The user is found by email, and the token is not looked at.",
            &["UPDATE-4"],
            false,
        ),
        by_email(
            "update-by-email-silently",
            "A bad token is refused after the password of the email's user was changed.",
            &["UPDATE-4"],
            true,
        ),
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
            "update-malformed-token-500",
            "A token that is no UUID makes the update fail with 500.",
            &["UPDATE-4"],
        )
        .at([Case::UpdateBad], |ask, answer, _| {
            if uuid::Uuid::parse_str(&ask.field("reset_token").unwrap_or_default()).is_err() {
                *answer = Answer::page(500);
            }
        }),
    ]
}

fn missing_fields() -> Vec<Subject> {
    vec![
        Subject::fault(
            "update-missing-field-500",
            "An update without one of its fields fails with 500.",
            &["UPDATE-6"],
        )
        .at([Case::UpdateOdd], |ask, answer, _| {
            if lacks_a_field(ask) {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "update-missing-field-200",
            "An update without one of its fields is answered as if it had worked.",
            &["UPDATE-6"],
        )
        .at([Case::UpdateOdd], |ask, answer, _| {
            if lacks_a_field(ask) {
                *answer = success(ask);
            }
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
            "update-empty-password-accepted",
            "An update to an empty password is answered as if it had worked.",
            &["UPDATE-7"],
        )
        .at([Case::UpdateOdd], |ask, answer, _| {
            if !lacks_a_field(ask) {
                *answer = success(ask);
            }
        }),
        Subject::fault(
            "update-empty-password-500",
            "An update to an empty password fails with 500.",
            &["UPDATE-7"],
        )
        .at([Case::UpdateOdd], |ask, answer, _| {
            if !lacks_a_field(ask) {
                *answer = Answer::page(500);
            }
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

fn lacks_a_field(ask: &crate::proxy::Ask) -> bool {
    ["email", "reset_token", "new_password"]
        .iter()
        .any(|name| ask.field(name).is_none())
}
