//! Effects behind an answer that is right: who loses what when somebody does something.

use super::Subject;
use crate::proxy::{Account, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    EFFECTS.iter().map(effect).collect()
}

#[derive(Clone, Copy)]
enum Act {
    EndSession,
    DropToken,
    ChangePassword,
    RestorePassword,
}

#[derive(Clone, Copy)]
enum Whom {
    /// The user whose email, session or token the request has.
    Hers,
    /// The user whose email the form names.
    Named,
    /// Everybody else who has what is taken away.
    Others,
}

/// What a server does beside its answer.
struct Effect(
    &'static str,
    &'static str,
    Case,
    Act,
    Whom,
    &'static [&'static str],
);

const EFFECTS: [Effect; 20] = [
    Effect(
        "login-drops-token",
        "A login discards the outstanding token of its user.",
        Case::Login,
        Act::DropToken,
        Whom::Hers,
        &["LOGIN-12"],
    ),
    Effect(
        "logout-drops-token",
        "A logout discards the outstanding token of its user.",
        Case::Logout,
        Act::DropToken,
        Whom::Hers,
        &["LOGOUT-6"],
    ),
    Effect(
        "login-wrong-drops-token",
        "A wrong password discards the outstanding token of its user.",
        Case::LoginWrong,
        Act::DropToken,
        Whom::Hers,
        &["UPDATE-4", "UPDATE-5"],
    ),
    Effect(
        "register-taken-drops-token",
        "A refused registration discards the token of the email's owner.",
        Case::RegisterTaken,
        Act::DropToken,
        Whom::Hers,
        &["WALK-1"],
    ),
    Effect(
        "profile-drops-token",
        "A profile discards the outstanding token of its user.",
        Case::Profile,
        Act::DropToken,
        Whom::Hers,
        &["LOGOUT-6"],
    ),
    Effect(
        "register-drops-others-tokens",
        "A registration discards the tokens of all others.",
        Case::Register,
        Act::DropToken,
        Whom::Others,
        &["REG-5"],
    ),
    Effect(
        "register-ends-others-sessions",
        "A registration ends the sessions of all others.",
        Case::Register,
        Act::EndSession,
        Whom::Others,
        &["REG-5"],
    ),
    Effect(
        "login-drops-others-tokens",
        "A login discards the tokens of all others.",
        Case::Login,
        Act::DropToken,
        Whom::Others,
        &["WALK-1"],
    ),
    Effect(
        "logout-drops-others-tokens",
        "A logout discards the tokens of all others.",
        Case::Logout,
        Act::DropToken,
        Whom::Others,
        &["WALK-1"],
    ),
    Effect(
        "ask-drops-others-tokens",
        "A request for a token discards the tokens of all others.",
        Case::Reset,
        Act::DropToken,
        Whom::Others,
        &["WALK-1"],
    ),
    Effect(
        "ask-ends-others-sessions",
        "A request for a token ends the sessions of all others.",
        Case::Reset,
        Act::EndSession,
        Whom::Others,
        &["RESET-5"],
    ),
    Effect(
        "update-ends-others-sessions",
        "A new password ends the sessions of all others.",
        Case::Update,
        Act::EndSession,
        Whom::Others,
        &["WALK-1"],
    ),
    Effect(
        "profile-ended-ends-newer",
        "A profile with an ended session is refused, and ends the newer one.",
        Case::ProfileEnded,
        Act::EndSession,
        Whom::Hers,
        &["LOGIN-7"],
    ),
    Effect(
        "logout-ended-ends-newer",
        "A logout with an ended session is refused, and ends the newer one.",
        Case::LogoutEnded,
        Act::EndSession,
        Whom::Hers,
        &["LOGIN-7"],
    ),
    Effect(
        "update-used-drops-newer",
        "A used token is refused, and its owner's newer one is gone.",
        Case::UpdateUsed,
        Act::DropToken,
        Whom::Hers,
        &["UPDATE-9"],
    ),
    Effect(
        "update-replaced-drops-newer",
        "A replaced token is refused, and the one that replaced it is gone.",
        Case::UpdateReplaced,
        Act::DropToken,
        Whom::Hers,
        &["RESET-4"],
    ),
    Effect(
        "update-bad-drops-token",
        "A wrong token discards the outstanding one of the email's owner.",
        Case::UpdateBad,
        Act::DropToken,
        Whom::Named,
        &["UPDATE-4"],
    ),
    Effect(
        "update-mismatch-ends-session",
        "A token with another's email ends the session of that other.",
        Case::UpdateMismatch,
        Act::EndSession,
        Whom::Named,
        &["UPDATE-5"],
    ),
    Effect(
        "update-mismatch-changes-both",
        "A token with another's email changes that other's password too.",
        Case::UpdateMismatch,
        Act::ChangePassword,
        Whom::Named,
        &["UPDATE-5"],
    ),
    Effect(
        "logout-restores-password",
        "A logout writes back the password that its user had before an update.",
        Case::Logout,
        Act::RestorePassword,
        Whom::Hers,
        &["LOGOUT-5"],
    ),
];

fn effect(Effect(id, sentence, when, act, whom, caught_by): &Effect) -> Subject {
    let (when, act, whom) = (*when, *act, *whom);
    Subject::fault(id, sentence, caught_by).whole(move |case, ask, door| async move {
        if case != when {
            return door.send(ask).await;
        }
        let hers = door
            .shadow()
            .subject(&ask.call())
            .map(|account| account.email.clone());
        let answer = door.send(ask.clone()).await;
        let named = ask.field("email");
        let concerned = |account: &Account| match whom {
            Whom::Hers => Some(&account.email) == hers.as_ref(),
            Whom::Named => Some(&account.email) == named.as_ref(),
            Whom::Others => {
                Some(&account.email) != hers.as_ref() && Some(&account.email) != named.as_ref()
            }
        };
        let accounts: Vec<Account> = door
            .shadow()
            .accounts
            .iter()
            .filter(|account| concerned(account))
            .cloned()
            .collect();
        for account in accounts {
            match act {
                Act::EndSession => {
                    if let Some(session) = &account.session {
                        door.end_session(session).await;
                    }
                }
                Act::DropToken if account.token.is_some() => {
                    door.token_of(&account.email).await;
                }
                Act::DropToken => {}
                Act::ChangePassword => door.change_password(&account.email, "changed").await,
                Act::RestorePassword => {
                    if let Some(old) = account.old_passwords.last() {
                        door.change_password(&account.email, old).await;
                    }
                }
            }
        }
        answer
    })
}
