//! Stores of a fixed size, and what happens to every so-manyth.

use super::{Subject, edits::success};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = fixed_sizes();
    faults.extend(every_so_many());
    faults
}

fn fixed_sizes() -> Vec<Subject> {
    vec![
        Subject::fault(
            "sessions-16-latest",
            "Only the 16 latest sessions are kept.",
            &["WALK-1"],
        )
        .instead([Case::Profile], |ask, shadow| {
            let id = ask.session()?;
            let lost = !shadow
                .logins
                .iter()
                .rev()
                .take(16)
                .any(|(known, _)| *known == id);
            lost.then(|| Answer::page(403))
        }),
        Subject::fault(
            "tokens-8-latest",
            "Only the eight latest tokens are kept.",
            &["WALK-1"],
        )
        .instead([Case::Update], |ask, shadow| {
            let token = ask.field("reset_token")?;
            let lost = !shadow
                .tokens
                .iter()
                .rev()
                .take(8)
                .any(|(known, _)| *known == token);
            lost.then(|| Answer::page(403))
        }),
        Subject::fault(
            "users-20-latest",
            "The check for a taken email looks at the 20 latest users.",
            &["WALK-1"],
        )
        .instead([Case::RegisterTaken], |ask, shadow| {
            let email = ask.field("email")?;
            let lost = !shadow
                .accounts
                .iter()
                .rev()
                .take(20)
                .any(|a| a.email == email);
            lost.then(|| success(ask))
        }),
        Subject::fault(
            "users-20-first",
            "The lookup of a request for a token sees one page of users, the 20 first.",
            &["WALK-1"],
        )
        .instead([Case::Reset], |ask, shadow| {
            let email = ask.field("email")?;
            let lost = !shadow.accounts.iter().take(20).any(|a| a.email == email);
            lost.then(|| Answer::page(403))
        }),
        Subject::fault(
            "sessions-ended-8-latest",
            "Ended sessions stand on a list of the latest eight, and work again after that.",
            &["WALK-1"],
        )
        .after(|case, ask, answer, shadow| {
            let Some(id) = ask.session() else { return };
            if case == Case::ProfileEnded {
                let found = shadow.logins.iter().position(|(known, _)| *known == id);
                let later = shadow.logins.len() - found.unwrap_or(shadow.logins.len());
                if let (true, Some(account)) = (later > 8, shadow.by_old_session(&id)) {
                    *answer = super::edits::profile_of(&account.email);
                }
            }
        }),
        Subject::fault(
            "passwords-written-back",
            "New passwords stay in a cache of 16 users, and the old ones return after that.",
            &["WALK-1"],
        )
        .instead([Case::Login], |ask, shadow| {
            let account = shadow.subject(&ask.call())?;
            let later = shadow
                .accounts
                .iter()
                .rev()
                .take_while(|a| a.email != account.email);
            (!account.old_passwords.is_empty() && later.count() > 16).then(|| Answer::page(401))
        }),
    ]
}

fn every_so_many() -> Vec<Subject> {
    vec![
        Subject::fault(
            "session-for-20-profiles",
            "A session answers 20 profiles and is gone.",
            &["PROFILE-4"],
        )
        .instead([Case::Profile], |ask, shadow| {
            (shadow.count(ask.session()?) > 20).then(|| Answer::page(403))
        }),
        Subject::fault(
            "token-every-tenth-is-none",
            "Every tenth token is no UUID, for want of entropy.",
            &["WALK-1"],
        )
        .at([Case::Reset], |_, answer, shadow| {
            if shadow.count("tokens").is_multiple_of(10) {
                answer.map_payload(|payload| payload["reset_token"] = serde_json::json!("tmp-10"));
            }
        }),
        Subject::fault(
            "session-id-returns",
            "The pool of session ids is small: the 17th login hands out the first id again.",
            &["WALK-1"],
        )
        .at([Case::Login], |_, answer, shadow| {
            let first = shadow.logins.first().map(|(id, _)| id.clone());
            if let (17, Some(first)) = (shadow.count("logins"), first) {
                answer.set_session(&first);
            }
        }),
        Subject::fault(
            "registration-every-tenth-clears-tokens",
            "Every tenth registration clears the tokens of those who have no session.",
            &["WALK-1"],
        )
        .whole(|case, ask, door| async move {
            if case == Case::Register && door.shadow().count("registrations").is_multiple_of(10) {
                let waiting: Vec<String> = {
                    let shadow = door.shadow();
                    let idle = shadow.accounts.iter().filter(|a| a.session.is_none());
                    idle.filter(|a| a.token.is_some())
                        .map(|a| a.email.clone())
                        .collect()
                };
                for email in waiting {
                    door.token_of(&email).await;
                }
            }
            door.send(ask).await
        }),
    ]
}
