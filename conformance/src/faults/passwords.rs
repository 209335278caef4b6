//! Passwords compared loosely, or changed before they are stored.

use hyper::Method;

use super::Subject;
use crate::proxy::{Account, Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = loose();
    faults.extend(changed_at_registration());
    faults.extend(shared());
    faults
}

/// A login that takes another password for the right one where `matches` (offered, right) says
/// so.
fn accepting(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    matches: fn(&str, &str) -> bool,
) -> Subject {
    Subject::fault(id, sentence, caught_by).rewrite([Case::LoginWrong], move |ask, shadow| {
        let account = ask
            .field("email")
            .and_then(|email| shadow.account(&email).cloned());
        if let Some(Account { password, .. }) = account
            && let Some(offered) = ask.field("password")
            && matches(&offered, &password)
        {
            ask.set_field("password", &password);
        }
    })
}

fn loose() -> Vec<Subject> {
    vec![
        accepting(
            "password-any",
            "Any password logs in: the check is missing.",
            &["LOGIN-4", "LOGIN-6", "REG-5", "UPDATE-2", "E2E-1"],
            |_, _| true,
        ),
        accepting(
            "password-any-case",
            "Passwords are compared without regard to letter case.",
            &["LOGIN-6"],
            |offered, right| offered.to_lowercase() == right.to_lowercase(),
        ),
        accepting(
            "password-trimmed",
            "Blanks around an offered password are ignored.",
            &["LOGIN-6"],
            |offered, right| offered.trim() == right,
        ),
        accepting(
            "password-prefix",
            "The beginning of a password is accepted for the whole.",
            &["LOGIN-6"],
            |offered, right| !offered.is_empty() && right.starts_with(offered),
        ),
        accepting(
            "password-longer",
            "A password with more characters after the right ones is accepted.",
            &["LOGIN-6"],
            |offered, right| offered.starts_with(right),
        ),
        accepting(
            "password-empty",
            "An empty password is accepted, as if there were nothing to check.",
            &["LOGIN-6"],
            |offered, _| offered.is_empty(),
        ),
        accepting(
            "password-of-that-length",
            "Any password of the right length is accepted.",
            &["LOGIN-6"],
            |offered, right| offered.len() == right.len(),
        ),
    ]
}

/// A registration that stores another password than the one that it was sent.
fn storing(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    change: fn(&str) -> String,
) -> Subject {
    Subject::fault(id, sentence, caught_by).before(move |_, ask, _| {
        if ask.is(&Method::POST, "/users") {
            ask.map_field("password", change);
        }
        None
    })
}

fn changed_at_registration() -> Vec<Subject> {
    vec![
        storing(
            "register-trims-password",
            "A registration cuts the blanks around the password, and a login does not.",
            &["REG-4"],
            |password| password.trim().to_owned(),
        ),
        storing(
            "register-lower-cases-password",
            "A registration stores the password in lower case, and a login compares it as sent.",
            &["REG-4"],
            str::to_lowercase,
        ),
        storing(
            "register-hashes-twice",
            "A registration hashes the password twice, so that nobody can log in.",
            &["LOGIN-1", "E2E-1"],
            |password| format!("hashed:{password}"),
        ),
        storing(
            "register-ignores-password",
            "Every account gets the same password, whatever was sent.",
            &["LOGIN-1", "E2E-1"],
            |_| "password".to_owned(),
        ),
    ]
}

fn shared() -> Vec<Subject> {
    vec![
        Subject::fault(
            "password-of-anybody",
            "The password of any user logs any user in.",
            &["LOGIN-6", "REG-5"],
        )
        .rewrite([Case::LoginWrong], |ask, shadow| {
            let offered = ask.field("password");
            let somebodys = shadow
                .find(|account| Some(&account.password) == offered.as_ref())
                .is_some();
            let account = ask
                .field("email")
                .and_then(|email| shadow.account(&email).cloned());
            if let (true, Some(account)) = (somebodys, account) {
                ask.set_field("password", &account.password);
            }
        }),
        Subject::fault(
            "password-of-the-last",
            "The password is kept in one place for all: the one registered last counts.",
            &["REG-5"],
        )
        .before(|case, ask, shadow| {
            let last = shadow.accounts.last()?.clone();
            let account = shadow.account(&ask.field("email")?)?.clone();
            let offered = ask.field("password")?;
            match case {
                Case::Login if offered != last.password => Some(Answer::page(401)),
                Case::LoginWrong if offered == last.password => {
                    ask.set_field("password", &account.password);
                    None
                }
                _ => None,
            }
        }),
        Subject::fault(
            "password-old-still-works",
            "After an update the old password logs in as well as the new one.",
            &["UPDATE-2"],
        )
        .rewrite([Case::LoginWrong], |ask, shadow| {
            let offered = ask.field("password").unwrap_or_default();
            let account = ask
                .field("email")
                .and_then(|email| shadow.account(&email).cloned());
            if let Some(account) = account.filter(|a| a.old_passwords.contains(&offered)) {
                ask.set_field("password", &account.password);
            }
        }),
    ]
}
