//! Calls that are refused for what their user has done before.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("login-refused-while-token", "Nobody logs in who waits with a token.",
     &["RESET-5"], &[Case::Login], DenyUser(401, |a, _| a.token.is_some())),
    ("login-refused-in-session",
     "Nobody logs in to an account that has a session and a new password.",
     &["UPDATE-2"], &[Case::Login], DenyUser(401, |a, _| a.session.is_some() && !a.old_passwords.is_empty())),
    ("login-refused-third", "An account logs in twice and never again.",
     &["LOGIN-1"], &[Case::Login], DenyUser(401, |a, _| a.old_sessions.len() > 1)),
    ("logout-refused-while-token", "Nobody logs out who has asked for a token before the login.",
     &["WALK-1"], &[Case::Logout], DenyUser(403, |a, _| a.token.is_some() && !a.session_in_doubt)),
    ("profile-refused-after-update",
     "No session shows a profile to those who have set a new password.",
     &["WALK-1"], &[Case::Profile], DenyUser(403, |a, _| !a.old_passwords.is_empty() && !a.session_in_doubt)),
    ("ask-refused-after-update", "Nobody gets a second token who has used her first.",
     &["RESET-1"], &[Case::Reset], DenyUser(403, |a, _| !a.used_tokens.is_empty())),
    ("ask-refused-after-two", "Nobody gets a third token.",
     &["RESET-3"], &[Case::Reset],
     DenyUser(403, |a, _| a.replaced_tokens.len() + a.used_tokens.len() + usize::from(a.token.is_some()) > 1)),
    ("update-refused-second", "An account's second update is refused.",
     &["UPDATE-2"], &[Case::Update], DenyUser(403, |a, _| !a.used_tokens.is_empty())),
    ("update-refused-in-session", "Nobody sets a new password while she is logged in.",
     &["LOGIN-12"], &[Case::Update], DenyUser(403, |a, _| a.session.is_some())),
    ("update-refuses-old-password", "An update refuses a password that its user had before.",
     &["WALK-1"], &[Case::Update], DenyUser(400, |a, request| {
         request.field("new_password")
             .is_some_and(|new| a.old_passwords.contains(&new))
     })),
    ("update-needs-a-login", "A token works for those only who have logged in once.",
     &["WALK-1"], &[Case::Update], DenyUser(403, |a, _| a.session.is_none() && a.old_sessions.is_empty())),
];
