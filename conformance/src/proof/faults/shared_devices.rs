//! Routes that take notice of a session cookie which is none of their business.

use crate::proof::subject::prelude::*;

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
     &["WALK-1"], &[Case::Welcome], MemberOf("message", |request, state| {
         Some(format!("Bienvenue {}", carrier(request, state)?.email))
     })),
    ("cookie-dead-hides-new", "A login that carries any session_id sets none.",
     &["LOGIN-3"], &[Case::Login], After(|_, request, response, _| {
         if request.session().is_some() {
             response.headers.remove(header::SET_COOKIE);
         }
     })),
    ("cookie-own-is-kept",
     "A login that carries the live session of its user hands out the same again.",
     &["WALK-1"], &[Case::Login], After(|_, request, response, state| {
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
    ("cookie-owner-gets-token",
     "A token is made for whoever is logged in, and not for the email of the form.",
     &["WALK-1"], ANY, All(&[
         (&[Case::Reset], Before(|_, request, state| {
             let owner = state.by_session(&request.session()?)?;
             request.set_field("email", &owner.email);
             None
         })),
         (&[Case::Reset], MemberOf("email", |request, _| request.field("email"))),
     ])),
    ("cookie-of-another-ended-by-login",
     "A login in a browser where somebody else is logged in ends the session of that other.",
     &["WALK-1"], &[Case::Login], Effect(Beside, EndSession, Found(carrier))),
    ("cookie-of-another-ended-by-registration",
     "A registration in a browser where somebody is logged in ends that session.",
     &["WALK-1"], &[Case::Register], Effect(Beside, EndSession, Found(carrier))),
    ("cookie-adopted", "A login adopts a session id that it does not know from the client.",
     &["LOGIN-3"], ANY, All(&[
         (ANY, Before(|_, request, state| {
             request.set_session(Some(state.notes.get(&request.session()?)?));
             None
         })),
         (&[Case::Login], After(|_, request, response, state| {
             let unknown = |id: &String| !state.logins.iter().any(|(known, _)| known == id);
             let brought = request.session().filter(unknown);
             if let (Some(brought), Some(real)) = (brought, response.session()) {
                 response.set_session(&brought);
                 state.notes.insert(brought, real);
             }
         })),
     ])),
    ("cookie-own-keeps-token",
     "An update that carries the live session of its user does not use up the token.",
     &["WALK-1"], ANY, All(&[
         (&[Case::Update], Before(|_, request, state| {
             let shown = request.field("reset_token")?;
             let own = state.by_token(&shown)?.session.clone()?;
             if request.session()? == own {
                 state.notes.insert(shown, String::new());
             }
             None
         })),
         (&[Case::UpdateUsed], FreshToken(|state, shown| {
             state.by_used_token(shown).filter(|_| state.notes.contains_key(shown))
         })),
     ])),
];

fn carries_ended(request: &Request, state: &ObservedState) -> bool {
    request
        .session()
        .is_some_and(|id| state.by_old_session(&id).is_some())
}

fn carries_any(request: &Request, state: &ObservedState) -> bool {
    carries_ended(request, state) || carrier(request, state).is_some()
}

/// Whose session comes along.
fn carrier<'a>(request: &Request, state: &'a ObservedState) -> Option<&'a Account> {
    state.by_session(&request.session()?)
}
