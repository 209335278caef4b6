//! What is remembered too long, and what is left over in an answer.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("unknown-is-remembered-ask",
     "Whoever was unknown to a request for a token stays so after registering.",
     &["WALK-1"], &[Case::ResetUnknown, Case::Reset], Before(|case, request, state| {
         unknown(case == Case::ResetUnknown, request, state).then(|| Response::page(403))
     })),
    ("unknown-is-remembered-login", "Whoever was unknown to a login stays so after registering.",
     &["WALK-1"], &[Case::LoginUnknown, Case::Login], Before(|case, request, state| {
         unknown(case == Case::LoginUnknown, request, state).then(|| Response::page(401))
     })),
    ("profile-is-cached", "A profile once shown is shown again until its session is logged out.",
     &["LOGIN-7"], ANY, After(|case, request, response, state| {
         let Some(id) = request.session() else { return };
         match case {
             Case::Profile => {
                 let email = response.member("email").unwrap_or_default();
                 state.notes.insert(id, email);
             }
             Case::Logout => {
                 state.notes.remove(&id);
             }
             Case::ProfileEnded => {
                 if let Some(email) = state.notes.get(&id) {
                     *response = profile_of(email);
                 }
             }
             _ => {}
         }
     })),
    ("password-is-cached",
     "A password that was once right is right for everybody, until a new one is set.",
     &["REG-5"], ANY, Before(|case, request, state| {
         let password = format!("seen {}", request.field("password").unwrap_or_default());
         match case {
             Case::Login => {
                 state.notes.insert(password, String::new());
             }
             Case::Update => state.notes.clear(),
             Case::LoginWrong if state.notes.contains_key(&password) => {
                 let right = state.account(&request.field("email")?)?.password.clone();
                 request.set_field("password", &right);
             }
             _ => {}
         }
         None
     })),
    ("register-twice-refused-then-free", "The check for a taken email removes what it finds.",
     &["REG-2"], &[Case::RegisterTaken], Before(|_, request, state| {
         let email = request.field("email")?;
         state.notes.insert(email, String::new()).map(|_| success(request))
     })),
    ("register-free-after-update",
     "An email can be registered again once its owner has set a new password.",
     &["WALK-1"], &[Case::RegisterTaken], Feign(|a, _| !a.old_passwords.is_empty())),
    ("profile-keeps-message", "Profiles keep the message of an update that came before.",
     &["WALK-1"], &[Case::Profile], MemberOf("message", |request, state| {
         let account = state.subject(&request.call())?;
         (!account.used_tokens.is_empty()).then(|| "Password updated".to_owned())
     })),
    ("update-names-last-who-asked",
     "An update answers with the email of whoever asked for a token last.",
     &["WALK-1"], &[Case::Update], MemberOf("email", |_, state| Some(state.tokens.last()?.1.clone()))),
    ("logout-to-reset", "A logout redirects to the update while its user's token is outstanding.",
     &["WALK-1"], &[Case::Logout], After(|_, request, response, state| {
         let waits = state.subject(&request.call()).is_some_and(|a| a.token.is_some());
         if waits {
             *response = Response::redirect(302, "/reset_password");
         }
     })),
    ("login-says-already",
     "A login while a session is live says that she is logged in already.",
     &["LOGIN-1"], ANY, All(&[
         (&[Case::Login], Before(|_, request, state| {
             let account = state.subject(&request.call())?;
             let (email, live) = (account.email.clone(), account.session.is_some());
             state.notes.insert(email, live.to_string());
             None
         })),
         (&[Case::Login], MemberOf("message", |request, state| {
             let live = state.notes.get(&request.field("email")?)? == "true";
             live.then(|| "already logged in".to_owned())
         })),
     ])),
];

/// Whether the email of a request was unknown once; notes those that are.
fn unknown(is_now: bool, request: &Request, state: &mut ObservedState) -> bool {
    let email = request.field("email").unwrap_or_default();
    if is_now {
        state.notes.insert(email, String::new());
        return false;
    }
    state.notes.contains_key(&email)
}
