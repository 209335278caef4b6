//! Logins that let in, lock out, or do more than they say.

use crate::proof::{
    proxy::{Answer, Case},
    subject::{
        Subject,
        edits::{
            ANY,
            Edit::{After, Answers, Asks, Deny, DenyUser, Feign, Json, Refuse, Succeed},
            Row, answer_with_its_cookies,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("login-wrong-password-error-200",
     "A wrong password is answered with 200 and an error message in the payload.",
     &["LOGIN-4", "LOGIN-6", "E2E-1"], &[Case::LoginWrong], Json(r#"{"error":"wrong password"}"#)),
    ("login-tells-unknown-email",
     "The body of the refusal says whether the email or the password was wrong.",
     &["LOGIN-11"], &[Case::LoginUnknown], Answers(|_, answer, _| {
         *answer = Answer::text(401, "text/plain", "no such user");
     })),
    ("login-locks-after-failure",
     "One wrong password locks the account: the right one is refused from then on.",
     &["E2E-1"], ANY, After(|case, ask, answer, shadow| {
         let note = format!("locked {}", ask.field("email").unwrap_or_default());
         if case == Case::LoginWrong {
             shadow.notes.insert(note, String::new());
         } else if case == Case::Login && shadow.notes.contains_key(&note) {
             *answer = Answer::page(401);
         }
     })),
    ("login-missing-field-500", "A login without an email or a password fails with 500.",
     &["LOGIN-8"], &[Case::LoginOdd], Refuse(500)),
    ("login-missing-field-200",
     "A login without an email or a password is answered as if it had worked.",
     &["LOGIN-8"], &[Case::LoginOdd], Succeed),
    ("login-missing-password-opens-session",
     "A login without a password skips the check and opens a session.",
     &["LOGIN-8"], &[Case::LoginOdd], Asks(|ask, shadow| {
         let right = shadow.account(&ask.field("email")?)?.password.clone();
         ask.set_field("password", &right);
         Some(())
     })),
    ("login-second-refused", "A user who is logged in cannot log in again.",
     &["LOGIN-7"], &[Case::Login], DenyUser(403, |a, _| a.session.is_some())),
    ("login-second-without-cookie", "A second login is answered as documented and sets no cookie.",
     &["LOGIN-7"], &[Case::Login], Feign(|a, _| a.session.is_some())),
    ("login-first-time-only", "Each user can log in once: every later login is refused.",
     &["LOGOUT-5"], &[Case::Login], Deny(401, |ask, shadow| {
         let known = ask.field("email");
         shadow.logins.iter().any(|(_, email)| Some(email) == known.as_ref())
     })),
    ("login-page-for-people", "A login works, sets its cookie and answers with a page.",
     &["LOGIN-1", "E2E-1"], &[Case::Login],
     Answers(|_, answer, _| answer_with_its_cookies(answer, Answer::page(200)))),
];

/// The faults of this area that have a memory.
pub(super) fn by_hand() -> Vec<Subject> {
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
    ]
}
