//! Answers that show one user to another.

use serde_json::json;

use super::Subject;
use crate::proxy::{Answer, Ask, Case, Shadow};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    vec![
        showing(
            "register-email-of-previous",
            "A registration answers with the email of the registration before it.",
            &["REG-4", "E2E-1"],
            Case::Register,
            |_, shadow| {
                let others = shadow.accounts.iter().rev().skip(1);
                others.map(|account| account.email.clone()).next()
            },
        ),
        showing(
            "login-email-of-newest",
            "A login answers with the email of the user who registered last.",
            &["LOGIN-1"],
            Case::Login,
            |_, shadow| shadow.accounts.last().map(|a| a.email.clone()),
        ),
        showing(
            "profile-email-of-first",
            "Every profile shows the email of the first user.",
            &["PROFILE-4"],
            Case::Profile,
            |_, shadow| shadow.accounts.first().map(|a| a.email.clone()),
        ),
        showing(
            "profile-email-of-newest",
            "Every profile shows the email of the user who registered last.",
            &["PROFILE-4"],
            Case::Profile,
            |_, shadow| shadow.accounts.last().map(|a| a.email.clone()),
        ),
        showing(
            "profile-email-of-previous",
            "A profile shows the user of the profile before it, as a cache without a key does.",
            &["PROFILE-4"],
            Case::Profile,
            |ask, shadow| {
                let own = shadow.by_session(&ask.session()?)?.email.clone();
                shadow.notes.insert("previous".to_owned(), own)
            },
        ),
        showing(
            "reset-email-of-first",
            "The payload with the token names the first user.",
            &["RESET-1"],
            Case::Reset,
            |_, shadow| shadow.accounts.first().map(|a| a.email.clone()),
        ),
        showing(
            "update-email-of-first",
            "An update answers with the email of the user who registered first.",
            &["UPDATE-1"],
            Case::Update,
            |_, shadow| shadow.accounts.first().map(|a| a.email.clone()),
        ),
        Subject::fault(
            "account-lost-when-another-logs-in",
            "Users are kept by session: a login of one user locks the others out.",
            &["LOGIN-3"],
        )
        .at([Case::Login], |ask, answer, shadow| {
            // Whoever logged in first stays the only one.
            let first = shadow.logins.first().map(|(_, email)| email.clone());
            if ask.field("email") != first {
                *answer = Answer::page(401);
            }
        }),
    ]
}

/// A fault that puts another user's email into an answer.
fn showing(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    case: Case,
    whose: fn(&Ask, &mut Shadow) -> Option<String>,
) -> Subject {
    Subject::fault(id, sentence, caught_by).at([case], move |ask, answer, shadow| {
        if let Some(email) = whose(ask, shadow) {
            answer.map_payload(|payload| payload["email"] = json!(email));
        }
    })
}
