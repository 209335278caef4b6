//! Passwords, tokens and sessions that come back, and secrets that pass for one another.

use super::{
    Subject,
    edits::{profile_of, success},
};
use crate::proxy::{Account, Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    [passwords_and_tokens(), sessions_and_secrets()].concat()
}

fn passwords_and_tokens() -> Vec<Subject> {
    vec![
        Subject::fault(
            "password-before-last-works",
            "The password before the last one logs in again.",
            &["UPDATE-9"],
        )
        .rewrite([Case::LoginWrong], |ask, shadow| {
            let email = ask.field("email").unwrap_or_default();
            let Some(account) = shadow.account(&email) else {
                return;
            };
            let before = account.old_passwords.iter().rev().nth(1);
            if before.is_some() && before == ask.field("password").as_ref() {
                ask.set_field("password", &account.password);
            }
        }),
        Subject::fault(
            "update-second-does-nothing",
            "An account's second update is answered as documented and changes nothing.",
            &["UPDATE-9"],
        )
        .instead([Case::Update], |ask, shadow| {
            let account = shadow.subject(&ask.call())?;
            (!account.used_tokens.is_empty()).then(|| success(ask))
        }),
        Subject::fault(
            "token-used-returns",
            "The first token works again once its user has asked for another.",
            &["UPDATE-9"],
        )
        .rewrite([Case::UpdateUsed], |ask, shadow| {
            let shown = ask.field("reset_token").unwrap_or_default();
            let live = shadow
                .by_used_token(&shown)
                .and_then(|account| account.token.clone());
            if let Some(live) = live {
                ask.set_field("reset_token", &live);
            }
        }),
        Subject::fault(
            "token-third-keeps-second",
            "From the third token on the one before it goes on working.",
            &["RESET-4"],
        )
        .rewrite([Case::UpdateReplaced], |ask, shadow| {
            let shown = ask.field("reset_token").unwrap_or_default();
            let Some(account) = shadow.by_replaced_token(&shown) else {
                return;
            };
            let last = account.replaced_tokens.iter().skip(1).next_back() == Some(&shown);
            if let (true, Some(live)) = (last, &account.token) {
                ask.set_field("reset_token", live);
            }
        }),
    ]
}

fn sessions_and_secrets() -> Vec<Subject> {
    vec![
        Subject::fault(
            "session-back-after-logout",
            "A logout brings back the session that the newer login had ended.",
            &["WALK-1"],
        )
        .before(|case, ask, shadow| {
            let shown = ask.session()?;
            let account = shadow.by_old_session(&shown)?;
            let before = account.old_sessions.iter().rev().nth(1) == Some(&shown);
            let back = case == Case::ProfileEnded && account.session.is_none() && before;
            back.then(|| profile_of(&account.email))
        }),
        Subject::fault(
            "logout-second-does-nothing",
            "An account's second logout redirects as documented and ends nothing.",
            &["WALK-1"],
        )
        .instead([Case::Logout], |ask, shadow| {
            let email = shadow.subject(&ask.call())?.email.clone();
            (shadow.count(format!("logouts of {email}")) == 2).then(|| Answer::redirect(302, "/"))
        }),
        Subject::fault(
            "logout-stores-the-word-none",
            "A logout stores the word None, which then is a session id.",
            &["WALK-1"],
        )
        .before(|case, ask, shadow| {
            let none = case == Case::ProfileBad && ask.session().as_deref() == Some("None");
            let out = shadow.find(|a| a.session.is_none() && !a.old_sessions.is_empty())?;
            none.then(|| profile_of(&out.email))
        }),
        Subject::fault(
            "token-is-a-session",
            "A token works as a session id.",
            &["WALK-1"],
        )
        .before(|case, ask, shadow| {
            let account = shadow.by_token(&ask.session()?)?;
            (case == Case::ProfileBad).then(|| profile_of(&account.email))
        }),
        other_secret(
            "token-is-a-password",
            "The outstanding token is accepted as the password.",
            |a| a.token.clone(),
        ),
        other_secret(
            "session-is-a-password",
            "The session id is accepted as the password.",
            |a| a.session.clone(),
        ),
    ]
}

fn other_secret(
    id: &'static str,
    sentence: &'static str,
    of: fn(&Account) -> Option<String>,
) -> Subject {
    Subject::fault(id, sentence, &["WALK-1"]).rewrite([Case::LoginWrong], move |ask, shadow| {
        let email = ask.field("email").unwrap_or_default();
        let Some(account) = shadow.account(&email) else {
            return;
        };
        if of(account).is_some_and(|secret| ask.field("password") == Some(secret)) {
            ask.set_field("password", &account.password);
        }
    })
}
