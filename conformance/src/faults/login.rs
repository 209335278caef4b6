//! Logins that let in, lock out, or do more than they say.

use hyper::Method;
use serde_json::json;

use super::{
    Subject,
    edits::{refuse, success},
};
use crate::proxy::{Answer, Ask, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = wrong_passwords();
    faults.extend(missing_fields());
    faults.extend(second_logins());
    faults
}

fn wrong_passwords() -> Vec<Subject> {
    vec![
        Subject::fault(
            "login-wrong-password-opens-session",
            "A wrong password is answered with 401, and the answer's cookie is a live session.",
            &["LOGIN-4"],
        )
        .whole(|case, mut ask, door| async move {
            if case != Case::LoginWrong {
                return door.send(ask).await;
            }
            let email = ask.field("email").unwrap_or_default();
            let right = door.shadow().account(&email).map(|a| a.password.clone());
            ask.set_field("password", &right.unwrap_or_default());
            let mut answer = door.send(ask).await;
            answer.set_status(401);
            answer
        }),
        Subject::fault(
            "login-wrong-password-ends-session",
            "A wrong password ends the session that its user has.",
            &["LOGIN-4"],
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::LoginWrong {
                door.end_session_of_the_named(&ask).await;
            }
            answer
        }),
        Subject::fault(
            "login-wrong-password-error-200",
            "A wrong password is answered with 200 and an error message in the payload.",
            &["LOGIN-4", "LOGIN-6", "E2E-1"],
        )
        .at([Case::LoginWrong], |_, answer, _| {
            *answer = Answer::json(200, &json!({"error": "wrong password"}));
        }),
        Subject::fault(
            "login-unknown-email-registers",
            "A login with an unknown email registers it on the way.",
            &["LOGIN-5"],
        )
        .whole(|case, ask, door| async move {
            if case == Case::LoginUnknown && ask.field("email").is_some_and(|e| !e.is_empty()) {
                let mut registration = ask.clone();
                "/users".clone_into(&mut registration.path);
                door.send(registration).await;
            }
            door.send(ask).await
        }),
        Subject::fault(
            "login-tells-unknown-email",
            "The body of the refusal says whether the email or the password was wrong.",
            &["LOGIN-11"],
        )
        .at([Case::LoginUnknown], |_, answer, _| {
            *answer = Answer::text(401, "text/plain", "no such user");
        }),
        Subject::fault(
            "login-locks-after-failure",
            "One wrong password locks the account: the right one is refused from then on.",
            &["E2E-1"],
        )
        .after(|case, ask, answer, shadow| {
            let note = format!("locked {}", ask.field("email").unwrap_or_default());
            if case == Case::LoginWrong {
                shadow.notes.insert(note, String::new());
            } else if case == Case::Login && shadow.notes.contains_key(&note) {
                *answer = Answer::page(401);
            }
        }),
    ]
}

fn lacks_a_field(ask: &Ask) -> bool {
    ask.is(&Method::POST, "/sessions")
        && (ask.field("email").is_none() || ask.field("password").is_none())
}

fn missing_fields() -> Vec<Subject> {
    vec![
        Subject::fault(
            "login-missing-field-500",
            "A login without an email or a password fails with 500.",
            &["LOGIN-8"],
        )
        .after(|_, ask, answer, _| {
            if lacks_a_field(ask) {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "login-missing-field-200",
            "A login without an email or a password is answered as if it had worked.",
            &["LOGIN-8"],
        )
        .after(|_, ask, answer, _| {
            if lacks_a_field(ask) {
                *answer = success(ask);
            }
        }),
        Subject::fault(
            "login-missing-password-opens-session",
            "A login without a password skips the check and opens a session.",
            &["LOGIN-8"],
        )
        .before(|_, ask, shadow| {
            if lacks_a_field(ask) {
                let right = shadow.account(&ask.field("email")?)?.password.clone();
                ask.set_field("password", &right);
            }
            None
        }),
    ]
}

fn second_logins() -> Vec<Subject> {
    vec![
        Subject::fault(
            "login-second-refused",
            "A user who is logged in cannot log in again.",
            &["LOGIN-7"],
        )
        .before(|case, ask, shadow| {
            let logged_in = shadow.account(&ask.field("email")?)?.session.is_some();
            (case == Case::Login && logged_in).then(|| Answer::page(403))
        }),
        Subject::fault(
            "login-second-without-cookie",
            "A second login is answered as documented and sets no cookie.",
            &["LOGIN-7"],
        )
        .before(|case, ask, shadow| {
            let logged_in = shadow.account(&ask.field("email")?)?.session.is_some();
            (case == Case::Login && logged_in).then(|| success(ask))
        }),
        Subject::fault(
            "login-first-time-only",
            "Each user can log in once: every later login is refused.",
            &["LOGOUT-5"],
        )
        .before(|case, ask, shadow| {
            let known = ask.field("email")?;
            let before = shadow.logins.iter().any(|(_, email)| *email == known);
            (case == Case::Login && before).then(|| Answer::page(401))
        }),
        Subject::fault(
            "login-page-for-people",
            "A login works, sets its cookie and answers with a page.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], |ask, answer, shadow| {
            let cookies = answer.cookies();
            refuse(200)(ask, answer, shadow);
            for cookie in cookies {
                answer.add_cookie(&cookie.to_string());
            }
        }),
    ]
}
