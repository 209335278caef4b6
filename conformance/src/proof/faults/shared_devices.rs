//! Routes that take notice of a session cookie which is none of their business.

use serde_json::json;

use crate::proof::{
    proxy::{Ask, Case, Shadow},
    subject::{
        Subject,
        edits::{
            ANY,
            Edit::{AcceptIf, After, Answers, Deny},
            Row, profile_of,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("cookie-skips-password", "A login that carries a live session of its user needs no password.",
     &["WALK-1"], &[Case::LoginWrong],
     AcceptIf(|account, ask, _| ask.session().is_some() && ask.session() == account.session)),
    ("cookie-goes-to-the-new-account",
     "A registration in a browser where somebody is logged in takes over that session.",
     &["WALK-1"], ANY, After(|case, ask, answer, shadow| match (case, ask.session()) {
         (Case::Register, Some(id)) if shadow.by_session(&id).is_some() => {
             let email = ask.field("email").unwrap_or_default();
             shadow.notes.insert(id, email);
         }
         (Case::Profile, Some(id)) => {
             if let Some(email) = shadow.notes.get(&id) {
                 *answer = profile_of(email);
             }
         }
         _ => {}
     })),
    ("welcome-by-name", "The root greets whoever is logged in by her email.",
     &["WALK-1"], &[Case::Welcome], Answers(|ask, answer, shadow| {
         if let Some(account) = ask.session().and_then(|id| shadow.by_session(&id)) {
             let greeting = json!(format!("Bienvenue {}", account.email));
             answer.map_payload(|payload| payload["message"] = greeting);
         }
     })),
    ("cookie-dead-hides-new", "A login that carries any session_id sets none.",
     &["LOGIN-3"], &[Case::Login], Answers(|ask, answer, _| {
         if ask.session().is_some() {
             answer.headers.remove(hyper::header::SET_COOKIE);
         }
     })),
    ("cookie-own-is-kept",
     "A login that carries the live session of its user hands out the same again.",
     &["WALK-1"], &[Case::Login], Answers(|ask, answer, shadow| {
         let email = ask.field("email").unwrap_or_default();
         let ended = |id: &String| shadow.by_old_session(id).is_some_and(|a| a.email == email);
         if let (Some(brought), Some(real)) = (ask.session().filter(ended), answer.session()) {
             answer.set_session(&brought);
             shadow.notes.insert(brought, real);
         }
     })),
    ("ended-cookie-welcome", "The root refuses whoever carries an ended session.",
     &["WALK-1"], &[Case::Welcome], Deny(403, carries_ended)),
    ("ended-cookie-register", "A registration with an ended session is refused.",
     &["WALK-1"], &[Case::Register], Deny(403, carries_ended)),
    ("ended-cookie-login", "A login with an ended session is refused.",
     &["WALK-1"], &[Case::Login], Deny(403, carries_ended)),
    ("ended-cookie-ask", "A request for a token with an ended session is refused.",
     &["WALK-1"], &[Case::Reset], Deny(403, carries_ended)),
    ("ended-cookie-update", "An update with an ended session is refused.",
     &["WALK-1"], &[Case::Update], Deny(403, carries_ended)),
    ("live-cookie-register", "A registration in a browser where somebody is logged in is refused.",
     &["WALK-1"], &[Case::Register], Deny(400, carries_any)),
    ("live-cookie-login", "A login in a browser where somebody is logged in is refused.",
     &["WALK-1"], &[Case::Login], Deny(401, carries_any)),
    ("live-cookie-update", "An update in a browser where somebody is logged in is refused.",
     &["WALK-1"], &[Case::Update], Deny(403, carries_any)),
];

/// The faults of this area that have a memory.
pub(super) fn by_hand() -> Vec<Subject> {
    vec![
        Subject::fault(
            "cookie-owner-gets-token",
            "A token is made for whoever is logged in, and not for the email of the form.",
            &["WALK-1"],
        )
        .before(|case, ask, shadow| {
            let owner = shadow.by_session(&ask.session()?)?.email.clone();
            if case == Case::Reset {
                ask.set_field("email", &owner);
            }
            None
        })
        .at([Case::Reset], |ask, answer, _| {
            let email = json!(ask.field("email"));
            answer.map_payload(|payload| payload["email"] = email);
        }),
        ending(
            "cookie-of-another-ended-by-login",
            "A login in a browser where somebody else is logged in ends the session of that other.",
            Case::Login,
        ),
        ending(
            "cookie-of-another-ended-by-registration",
            "A registration in a browser where somebody is logged in ends that session.",
            Case::Register,
        ),
        Subject::fault(
            "cookie-adopted",
            "A login adopts a session id that it does not know from the client.",
            &["LOGIN-3"],
        )
        .before(|_, ask, shadow| {
            if let Some(real) = ask.session().and_then(|id| shadow.notes.get(&id).cloned()) {
                ask.set_session(Some(&real));
            }
            None
        })
        .at([Case::Login], |ask, answer, shadow| {
            let unknown = |id: &String| !shadow.logins.iter().any(|(known, _)| known == id);
            if let (Some(brought), Some(real)) = (ask.session().filter(unknown), answer.session()) {
                answer.set_session(&brought);
                shadow.notes.insert(brought, real);
            }
        }),
        Subject::fault(
            "cookie-own-keeps-token",
            "An update that carries the live session of its user does not use up the token.",
            &["WALK-1"],
        )
        .whole(|case, mut ask, door| async move {
            let shown = ask.field("reset_token").unwrap_or_default();
            let carried = ask.session();
            if case == Case::Update {
                let own = door
                    .shadow()
                    .by_token(&shown)
                    .is_some_and(|a| a.session == carried);
                if own && carried.is_some() {
                    door.shadow().notes.insert(shown, String::new());
                }
            } else if case == Case::UpdateUsed && door.shadow().notes.contains_key(&shown) {
                let owner = door.shadow().by_used_token(&shown).map(|a| a.email.clone());
                let fresh = door.token_of(&owner.unwrap_or_default()).await;
                ask.set_field("reset_token", &fresh.unwrap_or_default());
            }
            door.send(ask).await
        }),
    ]
}

fn carries_ended(ask: &Ask, shadow: &Shadow) -> bool {
    ask.session()
        .is_some_and(|id| shadow.by_old_session(&id).is_some())
}

fn carries_any(ask: &Ask, shadow: &Shadow) -> bool {
    let live = |id: String| shadow.by_session(&id).is_some();
    carries_ended(ask, shadow) || ask.session().is_some_and(live)
}

/// A server that ends the session which comes with a request of this case.
fn ending(id: &'static str, sentence: &'static str, when: Case) -> Subject {
    Subject::fault(id, sentence, &["WALK-1"]).whole(move |case, ask, door| async move {
        let live = |id: &String| door.shadow().by_session(id).is_some();
        let carried = ask.session().filter(live);
        let answer = door.send(ask).await;
        if let Some(carried) = carried.filter(|_| case == when) {
            door.end_session(&carried).await;
        }
        answer
    })
}
