//! Calls that are refused for what their user has done before.

use super::Subject;
use crate::proxy::{Account, Answer, Ask, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    REFUSALS.iter().map(refusal).collect()
}

/// What a server refuses, with which status, where the user is as the condition says.
struct Refusal(
    &'static str,
    &'static str,
    Case,
    fn(&Account, &Ask) -> bool,
    u16,
    &'static [&'static str],
);

const REFUSALS: [Refusal; 11] = [
    Refusal(
        "login-refused-while-token",
        "Nobody logs in who waits with a token.",
        Case::Login,
        |a, _| a.token.is_some(),
        401,
        &["RESET-5"],
    ),
    Refusal(
        "login-refused-in-session",
        "Nobody logs in to an account that has a session and a new password.",
        Case::Login,
        |a, _| a.session.is_some() && !a.old_passwords.is_empty(),
        401,
        &["UPDATE-2"],
    ),
    Refusal(
        "login-refused-third",
        "An account logs in twice and never again.",
        Case::Login,
        |a, _| a.old_sessions.len() > 1,
        401,
        &["LOGIN-1"],
    ),
    Refusal(
        "logout-refused-while-token",
        "Nobody logs out who has asked for a token before the login.",
        Case::Logout,
        |a, _| a.token.is_some() && !a.session_in_doubt,
        403,
        &["WALK-1"],
    ),
    Refusal(
        "profile-refused-after-update",
        "No session shows a profile to those who have set a new password.",
        Case::Profile,
        |a, _| !a.old_passwords.is_empty() && !a.session_in_doubt,
        403,
        &["WALK-1"],
    ),
    Refusal(
        "ask-refused-after-update",
        "Nobody gets a second token who has used her first.",
        Case::Reset,
        |a, _| !a.used_tokens.is_empty(),
        403,
        &["RESET-1"],
    ),
    Refusal(
        "ask-refused-after-two",
        "Nobody gets a third token.",
        Case::Reset,
        |a, _| a.replaced_tokens.len() + a.used_tokens.len() + usize::from(a.token.is_some()) > 1,
        403,
        &["RESET-3"],
    ),
    Refusal(
        "update-refused-second",
        "An account's second update is refused.",
        Case::Update,
        |a, _| !a.used_tokens.is_empty(),
        403,
        &["UPDATE-2"],
    ),
    Refusal(
        "update-refused-in-session",
        "Nobody sets a new password while she is logged in.",
        Case::Update,
        |a, _| a.session.is_some(),
        403,
        &["LOGIN-12"],
    ),
    Refusal(
        "update-refuses-old-password",
        "An update refuses a password that its user had before.",
        Case::Update,
        |a, ask| {
            ask.field("new_password")
                .is_some_and(|new| a.old_passwords.contains(&new))
        },
        400,
        &["WALK-1"],
    ),
    Refusal(
        "update-needs-a-login",
        "A token works for those only who have logged in once.",
        Case::Update,
        |a, _| a.session.is_none() && a.old_sessions.is_empty(),
        403,
        &["WALK-1"],
    ),
];

fn refusal(Refusal(id, sentence, when, is, status, caught_by): &Refusal) -> Subject {
    let (is, status) = (*is, *status);
    Subject::fault(id, sentence, caught_by).instead([*when], move |ask, shadow| {
        let account = shadow.subject(&ask.call())?;
        is(account, ask).then(|| Answer::page(status))
    })
}
