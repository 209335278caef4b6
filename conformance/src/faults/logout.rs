//! Logouts that end too much, too little, or somebody else's session.

use std::sync::Arc;

use super::{Subject, edits::success};
use crate::proxy::{Answer, Case, Door};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = too_much();
    faults.extend(by_strangers());
    faults.extend(odd_ids());
    faults
}

/// Ends every live session.
async fn end_all(door: &Arc<Door>) {
    let live: Vec<String> = {
        let shadow = door.shadow();
        let accounts = shadow.accounts.iter();
        accounts
            .filter_map(|account| account.session.clone())
            .collect()
    };
    for session in live {
        door.end_session(&session).await;
    }
}

/// Ends the session of the login before all others that is still live.
async fn end_newest(door: &Arc<Door>) {
    let newest = door
        .shadow()
        .last_logged_in()
        .and_then(|a| a.session.clone());
    if let Some(session) = newest {
        door.end_session(&session).await;
    }
}

fn too_much() -> Vec<Subject> {
    vec![
        Subject::fault(
            "logout-ends-all",
            "A logout ends the sessions of all users.",
            &["LOGOUT-5"],
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask).await;
            if case == Case::Logout {
                end_all(&door).await;
            }
            answer
        }),
        Subject::fault(
            "logout-deletes-account",
            "A logout deletes the account.",
            &["LOGOUT-5"],
        )
        .after(|case, ask, answer, shadow| {
            let deleted = |email: &str| format!("deleted {email}");
            let email = ask.field("email").unwrap_or_default();
            match case {
                Case::Logout => {
                    let id = ask.session().unwrap_or_default();
                    let owner = shadow
                        .by_old_session(&id)
                        .map(|account| account.email.clone());
                    shadow
                        .notes
                        .extend(owner.map(|owner| (deleted(&owner), owner)));
                }
                Case::Login if shadow.notes.contains_key(&deleted(&email)) => {
                    *answer = Answer::page(401);
                }
                Case::Reset if shadow.notes.contains_key(&deleted(&email)) => {
                    *answer = Answer::page(403);
                }
                _ => {}
            }
        }),
        Subject::fault(
            "logout-ends-the-others",
            "A logout ends the sessions of all other users and leaves its own.",
            &["LOGOUT-2", "LOGOUT-5"],
        )
        .whole(|case, ask, door| async move {
            if case != Case::Logout {
                return door.send(ask).await;
            }
            let own = ask.session();
            let others: Vec<String> = {
                let shadow = door.shadow();
                let live = shadow.accounts.iter().filter_map(|a| a.session.clone());
                live.filter(|session| Some(session) != own.as_ref())
                    .collect()
            };
            for session in others {
                door.end_session(&session).await;
            }
            success(&ask)
        }),
        Subject::fault(
            "logout-changes-password",
            "After a logout the password no longer logs in.",
            &["LOGOUT-5"],
        )
        .whole(|case, ask, door| async move {
            let session = ask.session().unwrap_or_default();
            let answer = door.send(ask).await;
            let owner = door
                .shadow()
                .by_old_session(&session)
                .map(|a| a.email.clone());
            if let (Case::Logout, Some(email)) = (case, owner) {
                door.change_password(&email, "forgotten").await;
            }
            answer
        }),
    ]
}

fn by_strangers() -> Vec<Subject> {
    vec![
        Subject::fault(
            "logout-bare-ends-newest",
            "A logout without a cookie is refused, and ends the session of the last login.",
            &["LOGOUT-3"],
        )
        .whole(|case, ask, door| async move {
            if case == Case::LogoutBare {
                end_newest(&door).await;
            }
            door.send(ask).await
        }),
        Subject::fault(
            "logout-bare-ends-all",
            "A logout without a cookie is refused, and ends all sessions.",
            &["LOGOUT-3"],
        )
        .whole(|case, ask, door| async move {
            if case == Case::LogoutBare {
                end_all(&door).await;
            }
            door.send(ask).await
        }),
        Subject::fault(
            "logout-bare-finds-null",
            "A logout without a cookie finds a user who has no session and redirects.",
            &["LOGOUT-3"],
        )
        .at([Case::LogoutBare], |ask, answer, shadow| {
            if shadow.find(|account| account.session.is_none()).is_some() {
                *answer = success(ask);
            }
        }),
        Subject::fault(
            "logout-bad-id-ends-newest",
            "A logout with an unknown session is refused, and ends the session of the last login.",
            &["LOGOUT-4"],
        )
        .whole(|case, ask, door| async move {
            if case == Case::LogoutBad {
                end_newest(&door).await;
            }
            door.send(ask).await
        }),
        Subject::fault(
            "logout-bad-id-ends-all",
            "A logout with an unknown session is refused, and ends all sessions.",
            &["LOGOUT-4"],
        )
        .whole(|case, ask, door| async move {
            if case == Case::LogoutBad {
                end_all(&door).await;
            }
            door.send(ask).await
        }),
    ]
}

fn odd_ids() -> Vec<Subject> {
    vec![
        Subject::fault(
            "logout-empty-id-302",
            "A logout with an empty session id is redirected.",
            &["LOGOUT-4"],
        )
        .at([Case::LogoutBad], |ask, answer, _| {
            if ask.session().as_deref() == Some("") {
                *answer = success(ask);
            }
        }),
        Subject::fault(
            "logout-malformed-id-500",
            "A logout with a session id that is no UUID fails with 500.",
            &["LOGOUT-4"],
        )
        .at([Case::LogoutBad], |ask, answer, _| {
            if uuid::Uuid::parse_str(&ask.session().unwrap_or_default()).is_err() {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "logout-always-403",
            "Every logout is refused and ends nothing.",
            &["LOGOUT-1", "E2E-1"],
        )
        .instead([Case::Logout], |_, _| Some(Answer::page(403))),
    ]
}
