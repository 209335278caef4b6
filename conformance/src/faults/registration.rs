//! Registrations that forget, overwrite, let in too much, or break on what they did not expect.

use hyper::Method;
use serde_json::json;

use super::{
    Subject,
    edits::{refuse, success},
};
use crate::proxy::{Answer, Ask, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = duplicates();
    faults.extend(storing());
    faults.extend(missing_fields());
    faults.extend(unusual_input());
    faults
}

fn duplicates() -> Vec<Subject> {
    vec![
        Subject::fault(
            "register-taken-overwrites",
            "A second registration of an email replaces the password and is answered with 200.",
            &["REG-2", "REG-3"],
        )
        .whole(|case, ask, door| async move {
            if case != Case::RegisterTaken {
                return door.send(ask).await;
            }
            let (email, password) = (ask.field("email"), ask.field("password"));
            door.change_password(&email.unwrap_or_default(), &password.unwrap_or_default())
                .await;
            success(&ask)
        }),
        Subject::fault(
            "register-taken-overwrites-silently",
            "A second registration of an email is refused and replaces the password all the same.",
            &["REG-3"],
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::RegisterTaken {
                let (email, password) = (ask.field("email"), ask.field("password"));
                door.change_password(&email.unwrap_or_default(), &password.unwrap_or_default())
                    .await;
            }
            answer
        }),
        Subject::fault(
            "register-taken-adds-password",
            "After a refused second registration both passwords log in.",
            &["REG-3"],
        )
        .before(|case, ask, shadow| {
            let (email, password) = (ask.field("email")?, ask.field("password")?);
            let note = format!("offered {email} {password}");
            if case == Case::RegisterTaken {
                shadow.notes.insert(note, email);
            } else if case == Case::LoginWrong && shadow.notes.contains_key(&note) {
                let right = shadow.account(&email)?.password.clone();
                ask.set_field("password", &right);
            }
            None
        }),
        Subject::fault(
            "register-taken-ends-session",
            "A refused second registration ends the owner's session.",
            &["REG-3"],
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::RegisterTaken {
                door.end_session_of_the_named(&ask).await;
            }
            answer
        }),
        Subject::fault(
            "register-taken-by-password",
            "An email counts as taken only together with the same password.",
            &["REG-2"],
        )
        .before(|case, ask, shadow| {
            let account = shadow.account(&ask.field("email")?)?;
            let other = ask.field("password")? != account.password;
            (case == Case::RegisterTaken && other).then(|| success(ask))
        }),
        Subject::fault(
            "register-taken-while-logged-in-only",
            "An email counts as taken only while its user is logged in.",
            &["REG-2"],
        )
        .before(|case, ask, shadow| {
            let logged_in = shadow.account(&ask.field("email")?)?.session.is_some();
            (case == Case::RegisterTaken && !logged_in).then(|| success(ask))
        }),
    ]
}

fn storing() -> Vec<Subject> {
    vec![
        Subject::fault(
            "register-stores-nothing",
            "A registration is answered as documented and stores nothing.",
            &["REG-2", "LOGIN-1", "E2E-1"],
        )
        .instead([Case::Register], |ask, _| Some(success(ask))),
        Subject::fault(
            "register-keeps-the-last",
            "Only the user who registered last is kept.",
            &["REG-5"],
        )
        .at([Case::Login, Case::Reset], |ask, answer, shadow| {
            let email = ask.field("email");
            let last = shadow.accounts.last().map(|account| account.email.clone());
            if email != last {
                *answer = Answer::page(if ask.path == "/sessions" { 401 } else { 403 });
            }
        }),
        Subject::fault(
            "register-lower-cases-email",
            "The email is kept and shown in lower case.",
            &["REG-11"],
        )
        .before(|_, ask, _| {
            ask.map_field("email", str::to_lowercase);
            None
        }),
        Subject::fault(
            "register-shows-lower-case",
            "A registration answers with the email in lower case.",
            &["REG-11"],
        )
        .at([Case::Register], |ask, answer, _| {
            let email = ask.field("email").unwrap_or_default().to_lowercase();
            answer.map_payload(|payload| payload["email"] = json!(email));
        }),
        Subject::fault(
            "register-drops-plus-tag",
            "A registration answers with the email as some mail providers fold it, without what \
             follows a plus sign.",
            &["REG-4"],
        )
        .at([Case::Register], |ask, answer, _| {
            let email = ask.field("email").unwrap_or_default();
            if let Some((name, rest)) = email.split_once('+')
                && let Some((_, host)) = rest.split_once('@')
            {
                answer.map_payload(|payload| payload["email"] = json!(format!("{name}@{host}")));
            }
        }),
    ]
}

fn missing_fields() -> Vec<Subject> {
    vec![
        Subject::fault(
            "register-missing-field-200",
            "A registration without an email or a password is answered as if it had worked.",
            &["REG-6"],
        )
        .at([Case::RegisterOdd], |ask, answer, _| {
            if ask.field("email").is_none() || ask.field("password").is_none() {
                *answer = success(ask);
            }
        }),
        Subject::fault(
            "register-missing-field-500",
            "A registration without an email or a password fails with 500.",
            &["REG-6"],
        )
        .at([Case::RegisterOdd], |ask, answer, _| {
            if ask.field("email").is_none() || ask.field("password").is_none() {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "register-missing-password-stored",
            "A registration without a password is refused, and the account is there with another.",
            &["REG-6"],
        )
        .whole(|_, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            let email = ask.field("email");
            if let (true, Some(_), None) = (registers(&ask), email, ask.field("password")) {
                let mut stored = ask;
                stored.set_field("password", "None");
                door.send(stored).await;
            }
            answer
        }),
        Subject::fault(
            "register-missing-email-wrecks",
            "After a registration without an email every further registration fails with 500.",
            &["REG-6"],
        )
        .before(|_, ask, shadow| {
            if !ask.is(&Method::POST, "/users") {
                return None;
            }
            if ask.field("email").is_none() && ask.field("password").is_some() {
                shadow.notes.insert("wrecked".to_owned(), String::new());
            }
            shadow
                .notes
                .contains_key("wrecked")
                .then(|| Answer::page(500))
        }),
        Subject::fault(
            "register-empty-field-200",
            "An empty email or an empty password is good enough for an account.",
            &["REG-9"],
        )
        .at([Case::RegisterOdd], |ask, answer, _| {
            if let (Some(_), Some(_)) = (ask.field("email"), ask.field("password")) {
                *answer = success(ask);
            }
        }),
        Subject::fault(
            "register-empty-field-500",
            "An empty email or an empty password makes the registration fail with 500.",
            &["REG-9"],
        )
        .at([Case::RegisterOdd], |ask, answer, _| {
            if let (Some(_), Some(_)) = (ask.field("email"), ask.field("password")) {
                *answer = Answer::page(500);
            }
        }),
    ]
}

fn registers(ask: &Ask) -> bool {
    ask.is(&Method::POST, "/users")
}

fn unusual_input() -> Vec<Subject> {
    vec![
        Subject::fault(
            "register-long-email-500",
            "An email of thousands of characters makes the registration fail with 500.",
            &["REG-8"],
        )
        .after(|_, ask, answer, _| {
            if registers(ask) && ask.field("email").is_some_and(|email| email.len() > 1000) {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "register-non-ascii-email-500",
            "An email with letters outside ASCII makes the registration fail with 500.",
            &["REG-8"],
        )
        .after(|_, ask, answer, _| {
            if registers(ask) && ask.field("email").is_some_and(|email| !email.is_ascii()) {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "register-bad-form-500",
            "A body that is no valid form makes the registration fail with 500.",
            &["REG-8"],
        )
        .after(|_, ask, answer, _| {
            let form = ask.field("email").or(ask.field("password"));
            if ask.is(&Method::POST, "/users") && form.is_none() && !ask.body.is_empty() {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "register-long-email-hangs-up",
            "An email of thousands of characters makes the server close the connection.",
            &["REG-8"],
        )
        .after(|_, ask, answer, _| {
            if registers(ask) && ask.field("email").is_some_and(|email| email.len() > 1000) {
                *answer = Answer::none();
            }
        }),
        Subject::fault(
            "register-page-for-new",
            "A registration answers 200 with a page for people instead of the payload.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], refuse(200)),
    ]
}
