//! Passwords, tokens and sessions that come back, and secrets that pass for one another.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("password-before-last-works", "The password before the last one logs in again.",
     &["UPDATE-9"], &[Case::LoginWrong], AcceptIf(|account, request, _| {
     let before = account.old_passwords.iter().rev().nth(1);
     before.is_some() && before == request.field("password").as_ref()
     })),
    ("update-second-does-nothing",
     "An account's second update is answered as documented and changes nothing.",
     &["UPDATE-9"], &[Case::Update], Feign(|a, _| !a.used_tokens.is_empty())),
    ("token-used-returns", "The first token works again once its user has asked for another.",
     &["UPDATE-9"], &[Case::UpdateUsed], LiveToken(|state, shown| state.by_used_token(shown))),
    ("token-third-keeps-second", "From the third token on the one before it goes on working.",
     &["RESET-4"], &[Case::UpdateReplaced], LiveToken(|state, shown| {
     let last = |a: &&Account| a.replaced_tokens.iter().skip(1).next_back().is_some_and(|t| t == shown);
     state.by_replaced_token(shown).filter(last)
     })),
    ("session-back-after-logout",
     "A logout brings back the session that the newer login had ended.",
     &["WALK-1"], &[Case::ProfileEnded], ProfileOf(|request, state| {
         let shown = request.session()?;
         let before = |a: &&Account| a.old_sessions.iter().rev().nth(1) == Some(&shown);
         state.by_old_session(&shown).filter(|a| a.session.is_none()).filter(before)
     })),
    ("logout-second-does-nothing",
     "An account's second logout redirects as documented and ends nothing.",
     &["WALK-1"], &[Case::Logout], Before(|_, request, state| {
         let email = state.subject(&request.call())?.email.clone();
         (state.count(format!("logouts of {email}")) == 2).then(|| Response::redirect(302, "/"))
     })),
    ("logout-stores-the-word-none", "A logout stores the word None, which then is a session id.",
     &["WALK-1"], &[Case::ProfileBad], ProfileOf(|request, state| {
         let none = request.session().as_deref() == Some("None");
         state.find(|a| none && a.session.is_none() && !a.old_sessions.is_empty())
     })),
    ("token-is-a-session", "A token works as a session id.",
     &["WALK-1"], &[Case::ProfileBad], ProfileOf(|request, state| state.by_token(&request.session()?))),
    ("token-is-a-password", "The outstanding token is accepted as the password.",
     &["WALK-1"], &[Case::LoginWrong],
     AcceptIf(|a, request, _| a.token.is_some() && a.token == request.field("password"))),
    ("session-is-a-password", "The session id is accepted as the password.",
     &["WALK-1"], &[Case::LoginWrong],
     AcceptIf(|a, request, _| a.session.is_some() && a.session == request.field("password"))),
];
