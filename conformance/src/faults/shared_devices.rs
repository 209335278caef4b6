//! Routes that take notice of a session cookie which is none of their business.

use serde_json::json;

use super::{Subject, edits::profile_of};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = refused();
    faults.extend(mistaken());
    faults.extend(kept());
    faults
}

/// A server that refuses a call for the cookie that comes with it: one that was ended, or any.
fn refusing(
    id: &'static str,
    sentence: &'static str,
    when: Case,
    ended_only: bool,
    status: u16,
) -> Subject {
    Subject::fault(id, sentence, &["WALK-1"]).instead([when], move |ask, shadow| {
        let id = ask.session()?;
        let ended = shadow.by_old_session(&id).is_some();
        (ended || (!ended_only && shadow.by_session(&id).is_some())).then(|| Answer::page(status))
    })
}

fn refused() -> Vec<Subject> {
    vec![
        refusing(
            "ended-cookie-welcome",
            "The root refuses whoever carries an ended session.",
            Case::Welcome,
            true,
            403,
        ),
        refusing(
            "ended-cookie-register",
            "A registration with an ended session is refused.",
            Case::Register,
            true,
            403,
        ),
        refusing(
            "ended-cookie-login",
            "A login with an ended session is refused.",
            Case::Login,
            true,
            403,
        ),
        refusing(
            "ended-cookie-ask",
            "A request for a token with an ended session is refused.",
            Case::Reset,
            true,
            403,
        ),
        refusing(
            "ended-cookie-update",
            "An update with an ended session is refused.",
            Case::Update,
            true,
            403,
        ),
        refusing(
            "live-cookie-register",
            "A registration in a browser where somebody is logged in is refused.",
            Case::Register,
            false,
            400,
        ),
        refusing(
            "live-cookie-login",
            "A login in a browser where somebody is logged in is refused.",
            Case::Login,
            false,
            401,
        ),
        refusing(
            "live-cookie-update",
            "An update in a browser where somebody is logged in is refused.",
            Case::Update,
            false,
            403,
        ),
    ]
}

fn mistaken() -> Vec<Subject> {
    vec![
        Subject::fault(
            "cookie-owner-gets-token",
            "A token is made for whoever is logged in, and not for the email of the form.",
            &["WALK-1"],
        )
        .rewrite([Case::Reset], |ask, shadow| {
            let owner = ask
                .session()
                .and_then(|id| Some(shadow.by_session(&id)?.email.clone()));
            if let Some(owner) = owner {
                ask.set_field("email", &owner);
            }
        })
        .at([Case::Reset], |ask, answer, _| {
            let email = json!(ask.field("email"));
            answer.map_payload(|payload| payload["email"] = email);
        }),
        Subject::fault(
            "cookie-skips-password",
            "A login that carries a live session of its user needs no password.",
            &["WALK-1"],
        )
        .rewrite([Case::LoginWrong], |ask, shadow| {
            let owner = ask.session().and_then(|id| shadow.by_session(&id).cloned());
            if let Some(owner) = owner
                && ask.field("email").as_ref() == Some(&owner.email)
            {
                ask.set_field("password", &owner.password);
            }
        }),
        Subject::fault(
            "cookie-of-another-ended-by-login",
            "A login in a browser where somebody else is logged in ends the session of that other.",
            &["WALK-1"],
        )
        .whole(|case, ask, door| async move {
            let carried = ask
                .session()
                .filter(|id| door.shadow().by_session(id).is_some());
            let answer = door.send(ask).await;
            if let (Case::Login, Some(carried)) = (case, carried) {
                door.end_session(&carried).await;
            }
            answer
        }),
        Subject::fault(
            "cookie-of-another-ended-by-registration",
            "A registration in a browser where somebody is logged in ends that session.",
            &["WALK-1"],
        )
        .whole(|case, ask, door| async move {
            let carried = ask
                .session()
                .filter(|id| door.shadow().by_session(id).is_some());
            let answer = door.send(ask).await;
            if let (Case::Register, Some(carried)) = (case, carried) {
                door.end_session(&carried).await;
            }
            answer
        }),
        Subject::fault(
            "cookie-goes-to-the-new-account",
            "A registration in a browser where somebody is logged in takes over that session.",
            &["WALK-1"],
        )
        .after(|case, ask, answer, shadow| match (case, ask.session()) {
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
        }),
        Subject::fault(
            "welcome-by-name",
            "The root greets whoever is logged in by her email.",
            &["WALK-1"],
        )
        .at([Case::Welcome], |ask, answer, shadow| {
            if let Some(account) = ask.session().and_then(|id| shadow.by_session(&id)) {
                let greeting = json!(format!("Bienvenue {}", account.email));
                answer.map_payload(|payload| payload["message"] = greeting);
            }
        }),
    ]
}

fn kept() -> Vec<Subject> {
    vec![
        Subject::fault(
            "cookie-dead-hides-new",
            "A login that carries any session_id sets none.",
            &["LOGIN-3"],
        )
        .at([Case::Login], |ask, answer, _| {
            if ask.session().is_some() {
                answer.headers.remove(hyper::header::SET_COOKIE);
            }
        }),
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
            "cookie-own-is-kept",
            "A login that carries the live session of its user hands out the same again.",
            &["WALK-1"],
        )
        .at([Case::Login], |ask, answer, shadow| {
            let email = ask.field("email").unwrap_or_default();
            let ended = |id: &String| shadow.by_old_session(id).is_some_and(|a| a.email == email);
            if let (Some(brought), Some(real)) = (ask.session().filter(ended), answer.session()) {
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
