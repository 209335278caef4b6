//! Passwords, tokens and sessions that come back, and secrets that pass for one another.

use crate::proof::{
    proxy::{Account, Answer, Case},
    subject::edits::{
        ANY,
        Edit::{AcceptIf, Before, Feign, Instead, LiveToken, ProfileOf},
        Row, profile_of,
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("password-before-last-works", "The password before the last one logs in again.",
     &["UPDATE-9"], &[Case::LoginWrong], AcceptIf(|account, ask, _| {
     let before = account.old_passwords.iter().rev().nth(1);
     before.is_some() && before == ask.field("password").as_ref()
     })),
    ("update-second-does-nothing",
     "An account's second update is answered as documented and changes nothing.",
     &["UPDATE-9"], &[Case::Update], Feign(|a, _| !a.used_tokens.is_empty())),
    ("token-used-returns", "The first token works again once its user has asked for another.",
     &["UPDATE-9"], &[Case::UpdateUsed], LiveToken(|shadow, shown| shadow.by_used_token(shown))),
    ("token-third-keeps-second", "From the third token on the one before it goes on working.",
     &["RESET-4"], &[Case::UpdateReplaced], LiveToken(|shadow, shown| {
     let last = |a: &&Account| a.replaced_tokens.iter().skip(1).next_back().is_some_and(|t| t == shown);
     shadow.by_replaced_token(shown).filter(last)
     })),
    ("session-back-after-logout",
     "A logout brings back the session that the newer login had ended.",
     &["WALK-1"], &[Case::ProfileEnded], Instead(|ask, shadow| {
         let shown = ask.session()?;
         let account = shadow.by_old_session(&shown)?;
         let before = account.old_sessions.iter().rev().nth(1) == Some(&shown);
         (account.session.is_none() && before).then(|| profile_of(&account.email))
     })),
    ("logout-second-does-nothing",
     "An account's second logout redirects as documented and ends nothing.",
     &["WALK-1"], &[Case::Logout], Instead(|ask, shadow| {
         let email = shadow.subject(&ask.call())?.email.clone();
         (shadow.count(format!("logouts of {email}")) == 2).then(|| Answer::redirect(302, "/"))
     })),
    ("logout-stores-the-word-none", "A logout stores the word None, which then is a session id.",
     &["WALK-1"], ANY, Before(|case, ask, shadow| {
         let none = case == Case::ProfileBad && ask.session().as_deref() == Some("None");
         let out = shadow.find(|a| a.session.is_none() && !a.old_sessions.is_empty())?;
         none.then(|| profile_of(&out.email))
     })),
    ("token-is-a-session", "A token works as a session id.",
     &["WALK-1"], &[Case::ProfileBad], ProfileOf(|ask, shadow| shadow.by_token(&ask.session()?))),
    ("token-is-a-password", "The outstanding token is accepted as the password.",
     &["WALK-1"], &[Case::LoginWrong],
     AcceptIf(|a, ask, _| a.token.is_some() && a.token == ask.field("password"))),
    ("session-is-a-password", "The session id is accepted as the password.",
     &["WALK-1"], &[Case::LoginWrong],
     AcceptIf(|a, ask, _| a.session.is_some() && a.session == ask.field("password"))),
];
