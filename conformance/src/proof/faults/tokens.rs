//! Reset tokens that are no UUIDs, repeat, last too long, or are handed to the wrong people.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("token-kept-until-used", "A second request hands the first token out again.",
     &["RESET-3"], &[Case::Reset], Before(|_, request, state| {
         let account = state.subject(&request.call())?;
         let token = account.token.as_ref()?;
         Some(Response::json(200, &json!({"email": account.email, "reset_token": token})))
     })),
    ("token-older-works", "A newer token leaves the older one in force.",
     &["RESET-4"], &[Case::UpdateReplaced], LiveToken(|state, shown| state.by_replaced_token(shown))),
    ("token-newer-dead",
     "Only the first token that a user asked for works; newer ones are refused.",
     &["RESET-4"], &[Case::Update], DenyUser(403, |a, _| !a.replaced_tokens.is_empty())),
    ("token-request-clears-password",
     "A request for a token makes the password useless until the update.",
     &["RESET-5"], ANY, Before(|case, request, state| {
         let email = request.field("email")?;
         match case {
             Case::Reset => {
                 state.notes.insert(format!("cleared {email}"), email);
             }
             Case::Update => {
                 state.notes.remove(&format!("cleared {email}"));
             }
             Case::Login if state.notes.contains_key(&format!("cleared {email}")) => {
                 return Some(Response::page(401));
             }
             _ => {}
         }
         None
     })),
    ("token-for-logged-in-only", "Only a user who is logged in gets a token.",
     &["RESET-1", "E2E-1"], &[Case::Reset], DenyUser(403, |a, _| a.session.is_none())),
    ("token-for-logged-out-only", "A user who is logged in gets no token.",
     &["RESET-1"], &[Case::Reset], DenyUser(403, |a, _| a.session.is_some())),
    ("token-never-works", "Every token is refused at the update, as if it had expired on the way.",
     &["UPDATE-1", "E2E-1"], &[Case::Update], DenyUser(403, |_, _| true)),
    ("token-missing-email-500", "A request for a token without an email fails with 500.",
     &["RESET-6"], &[Case::ResetOdd], Refuse(500)),
    ("token-missing-email-200", "A request for a token without an email gets one.",
     &["RESET-6"], &[Case::ResetOdd], Succeed),
    ("token-six-digits", "Tokens are numbers of six digits, as sent by text message.",
     &["RESET-1"], ANY, ShowTokens(|_, number| format!("{:06}", 100_000 + number))),
    ("token-signed", "Tokens are signed texts of three parts with dots between.",
     &["RESET-1"], ANY,
     ShowTokens(|token, _| format!("eyJhbGciOiJIUzI1NiJ9.{}.c2ln", token.replace('-', "")))),
    ("token-cut", "Tokens are the first part of a UUID.",
     &["RESET-1"], ANY, ShowTokens(|token, _| token[..13].to_owned())),
    ("token-is-session-id", "The token of a user who is logged in is the session id.",
     &["RESET-3"], ANY, All(&[
         (ANY, LiveToken(|state, shown| state.by_session(shown))),
         (&[Case::Reset], MemberOf("reset_token", |request, state| {
             state.account(&request.field("email")?)?.session.clone()
         })),
     ])),
    ("token-of-first-user", "Every token is for the user who registered first.",
     &["UPDATE-5"], ANY, All(&[
         (&[Case::Reset], Before(|_, request, state| {
             request.set_field("email", &state.accounts.first()?.email);
             None
         })),
         (&[Case::Reset], MemberOf("email", |request, _| request.field("email"))),
     ])),
    ("token-unknown-email-registers", "A request for a token registers an unknown email.",
     &["RESET-2"], &[Case::ResetUnknown], Registers(Ahead, "welcome")),
    ("token-constant", "Every user gets the same token.",
     &["RESET-3"], ANY, All(&[
         (ANY, Before(|_, request, state| {
             // It works for whoever asked last.
             let shown = request.field("reset_token")?;
             if state.notes.get("constant") == Some(&shown) {
                 request.set_field("reset_token", &state.tokens.last()?.0);
             }
             None
         })),
         (&[Case::Reset], MemberOf("reset_token", |_, state| Some(state.constant()))),
     ])),
];
