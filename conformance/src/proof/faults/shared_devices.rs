//! Routes that take notice of a session cookie which is none of their business.

use serde_json::json;

use crate::proof::{
    proxy::{Case, ObservedState, Request},
    subject::{
        Subject,
        edits::{
            ANY,
            Edit::{AcceptIf, After, Deny, Respond},
            Row, profile_of,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("cookie-skips-password", "A login that carries a live session of its user needs no password.",
     &["WALK-1"], &[Case::LoginWrong],
     AcceptIf(|account, request, _| request.session().is_some() && request.session() == account.session)),
    ("cookie-goes-to-the-new-account",
     "A registration in a browser where somebody is logged in takes over that session.",
     &["WALK-1"], ANY, After(|case, request, response, state| match (case, request.session()) {
         (Case::Register, Some(id)) if state.by_session(&id).is_some() => {
             let email = request.field("email").unwrap_or_default();
             state.notes.insert(id, email);
         }
         (Case::Profile, Some(id)) => {
             if let Some(email) = state.notes.get(&id) {
                 *response = profile_of(email);
             }
         }
         _ => {}
     })),
    ("welcome-by-name", "The root greets whoever is logged in by her email.",
     &["WALK-1"], &[Case::Welcome], Respond(|request, response, state| {
         if let Some(account) = request.session().and_then(|id| state.by_session(&id)) {
             let greeting = json!(format!("Bienvenue {}", account.email));
             response.map_payload(|payload| payload["message"] = greeting);
         }
     })),
    ("cookie-dead-hides-new", "A login that carries any session_id sets none.",
     &["LOGIN-3"], &[Case::Login], Respond(|request, response, _| {
         if request.session().is_some() {
             response.headers.remove(hyper::header::SET_COOKIE);
         }
     })),
    ("cookie-own-is-kept",
     "A login that carries the live session of its user hands out the same again.",
     &["WALK-1"], &[Case::Login], Respond(|request, response, state| {
         let email = request.field("email").unwrap_or_default();
         let ended = |id: &String| state.by_old_session(id).is_some_and(|a| a.email == email);
         if let (Some(brought), Some(real)) = (request.session().filter(ended), response.session()) {
             response.set_session(&brought);
             state.notes.insert(brought, real);
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
        .before(|case, request, state| {
            let owner = state.by_session(&request.session()?)?.email.clone();
            if case == Case::Reset {
                request.set_field("email", &owner);
            }
            None
        })
        .at([Case::Reset], |request, response, _| {
            let email = json!(request.field("email"));
            response.map_payload(|payload| payload["email"] = email);
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
        .before(|_, request, state| {
            if let Some(real) = request
                .session()
                .and_then(|id| state.notes.get(&id).cloned())
            {
                request.set_session(Some(&real));
            }
            None
        })
        .at([Case::Login], |request, response, state| {
            let unknown = |id: &String| !state.logins.iter().any(|(known, _)| known == id);
            if let (Some(brought), Some(real)) =
                (request.session().filter(unknown), response.session())
            {
                response.set_session(&brought);
                state.notes.insert(brought, real);
            }
        }),
        Subject::fault(
            "cookie-own-keeps-token",
            "An update that carries the live session of its user does not use up the token.",
            &["WALK-1"],
        )
        .whole(|case, mut request, upstream| async move {
            let shown = request.field("reset_token").unwrap_or_default();
            let carried = request.session();
            if case == Case::Update {
                let own = upstream
                    .state()
                    .by_token(&shown)
                    .is_some_and(|a| a.session == carried);
                if own && carried.is_some() {
                    upstream.state().notes.insert(shown, String::new());
                }
            } else if case == Case::UpdateUsed && upstream.state().notes.contains_key(&shown) {
                let owner = upstream
                    .state()
                    .by_used_token(&shown)
                    .map(|a| a.email.clone());
                let fresh = upstream.token_of(&owner.unwrap_or_default()).await;
                request.set_field("reset_token", &fresh.unwrap_or_default());
            }
            upstream.send(request).await
        }),
    ]
}

fn carries_ended(request: &Request, state: &ObservedState) -> bool {
    request
        .session()
        .is_some_and(|id| state.by_old_session(&id).is_some())
}

fn carries_any(request: &Request, state: &ObservedState) -> bool {
    let live = |id: String| state.by_session(&id).is_some();
    carries_ended(request, state) || request.session().is_some_and(live)
}

/// A server that ends the session which comes with a request of this case.
fn ending(id: &'static str, sentence: &'static str, when: Case) -> Subject {
    Subject::fault(id, sentence, &["WALK-1"]).whole(move |case, request, upstream| async move {
        let live = |id: &String| upstream.state().by_session(id).is_some();
        let carried = request.session().filter(live);
        let response = upstream.send(request).await;
        if let Some(carried) = carried.filter(|_| case == when) {
            upstream.end_session(&carried).await;
        }
        response
    })
}
