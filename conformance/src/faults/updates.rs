//! Password updates that do nothing, do something else, or do it to others.

use super::{Subject, edits::success};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = what_is_stored();
    faults.extend(used_tokens());
    faults.extend(others());
    faults
}

/// An update that stores another password than the one that it was sent.
fn storing(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    change: fn(&str) -> String,
) -> Subject {
    Subject::fault(id, sentence, caught_by).rewrite([Case::Update], move |ask, _| {
        ask.map_field("new_password", change);
    })
}

fn what_is_stored() -> Vec<Subject> {
    vec![
        Subject::fault(
            "update-does-nothing",
            "An update is answered as documented and changes nothing.",
            &["UPDATE-2", "E2E-1"],
        )
        .instead([Case::Update], |ask, _| Some(success(ask))),
        storing(
            "update-stores-hash-of-hash",
            "An update hashes the new password twice, so that it does not log in.",
            &["UPDATE-2", "E2E-1"],
            |password| format!("hashed:{password}"),
        ),
        storing(
            "update-trims",
            "An update cuts the blanks around the new password.",
            &["UPDATE-2"],
            |password| password.trim().to_owned(),
        ),
        storing(
            "update-lower-cases",
            "An update stores the new password in lower case.",
            &["UPDATE-2"],
            str::to_lowercase,
        ),
        storing(
            "update-cuts",
            "An update keeps the first eight characters of the new password.",
            &["UPDATE-2", "E2E-1"],
            |password| password.chars().take(8).collect(),
        ),
        storing(
            "update-plus-for-blank",
            "An update stores a plus for each blank of the new password.",
            &["UPDATE-2"],
            |password| password.replace(' ', "+"),
        ),
        Subject::fault(
            "update-login-fails-500",
            "An update stores the new password unhashed, and the next login fails with 500.",
            &["UPDATE-2", "E2E-1"],
        )
        .at([Case::Login], |ask, answer, shadow| {
            let email = ask.field("email").unwrap_or_default();
            let updated = shadow
                .account(&email)
                .is_some_and(|a| !a.old_passwords.is_empty());
            if updated {
                *answer = Answer::page(500);
            }
        }),
    ]
}

fn used_tokens() -> Vec<Subject> {
    vec![
        Subject::fault(
            "update-token-stays",
            "A token works again and again.",
            &["UPDATE-3"],
        )
        .whole(|case, mut ask, door| async move {
            if case == Case::UpdateUsed {
                let token = ask.field("reset_token").unwrap_or_default();
                let owner = door.shadow().by_used_token(&token).map(|a| a.email.clone());
                let fresh = door.token_of(&owner.unwrap_or_default()).await;
                ask.set_field("reset_token", &fresh.unwrap_or_default());
            }
            door.send(ask).await
        }),
        Subject::fault(
            "update-used-token-changes",
            "A used token is refused, and changes the password all the same.",
            &["UPDATE-3"],
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::UpdateUsed {
                let token = ask.field("reset_token").unwrap_or_default();
                let owner = door.shadow().by_used_token(&token).map(|a| a.email.clone());
                let password = ask.field("new_password").unwrap_or_default();
                door.change_password(&owner.unwrap_or_default(), &password)
                    .await;
            }
            answer
        }),
    ]
}

fn others() -> Vec<Subject> {
    vec![
        Subject::fault(
            "update-changes-everyone",
            "An update changes the password of every user: its WHERE is missing.",
            &["UPDATE-5"],
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::Update {
                let others: Vec<String> = {
                    let shadow = door.shadow();
                    shadow.accounts.iter().map(|a| a.email.clone()).collect()
                };
                let password = ask.field("new_password").unwrap_or_default();
                for email in others
                    .iter()
                    .filter(|email| Some(*email) != ask.field("email").as_ref())
                {
                    door.change_password(email, &password).await;
                }
            }
            answer
        }),
        Subject::fault(
            "update-clears-all-tokens",
            "An update clears the tokens of all users.",
            &["UPDATE-5"],
        )
        .before(|case, ask, shadow| {
            let shown = ask.field("reset_token")?;
            if case != Case::Update {
                return None;
            }
            if shadow.notes.contains_key(&shown) {
                return Some(Answer::page(403));
            }
            let live = shadow.accounts.iter().filter_map(|a| a.token.clone());
            let cleared: Vec<(String, String)> = live
                .filter(|token| *token != shown)
                .map(|token| (token, String::new()))
                .collect();
            shadow.notes.extend(cleared);
            None
        }),
        Subject::fault(
            "update-changes-first-user",
            "An update changes the password of the user who registered first.",
            &["UPDATE-2"],
        )
        .whole(|case, ask, door| async move {
            let first = door.shadow().accounts.first().map(|a| a.email.clone());
            match first {
                Some(first) if case == Case::Update => {
                    let password = ask.field("new_password").unwrap_or_default();
                    door.change_password(&first, &password).await;
                    success(&ask)
                }
                _ => door.send(ask).await,
            }
        }),
        Subject::fault(
            "update-trusts-email",
            "A token of one user changes the password of another whose email is sent with it.",
            &["UPDATE-8"],
        )
        .whole(|case, ask, door| async move {
            if case != Case::UpdateMismatch {
                return door.send(ask).await;
            }
            let (email, password) = (ask.field("email"), ask.field("new_password"));
            door.change_password(&email.unwrap_or_default(), &password.unwrap_or_default())
                .await;
            success(&ask)
        }),
        Subject::fault(
            "update-ignores-email",
            "A token works whatever email is sent with it.",
            &["UPDATE-8"],
        )
        .rewrite([Case::UpdateMismatch], |ask, shadow| {
            let token = ask.field("reset_token").unwrap_or_default();
            if let Some(owner) = shadow.by_token(&token).map(|a| a.email.clone()) {
                ask.set_field("email", &owner);
            }
        }),
    ]
}
