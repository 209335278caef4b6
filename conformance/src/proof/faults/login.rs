//! Logins that let in, lock out, or do more than they say.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("login-wrong-password-error-200",
     "A wrong password is answered with 200 and an error message in the payload.",
     &["LOGIN-4", "LOGIN-6", "E2E-1"], &[Case::LoginWrong], Json(r#"{"error":"wrong password"}"#)),
    ("login-tells-unknown-email",
     "The body of the refusal says whether the email or the password was wrong.",
     &["LOGIN-11"], &[Case::LoginUnknown], After(|_, _, response, _| {
         *response = Response::text(401, "text/plain", "no such user");
     })),
    ("login-locks-after-failure",
     "One wrong password locks the account: the right one is refused from then on.",
     &["E2E-1"], ANY, After(|case, request, response, state| {
         let note = format!("locked {}", request.field("email").unwrap_or_default());
         if case == Case::LoginWrong {
             state.notes.insert(note, String::new());
         } else if case == Case::Login && state.notes.contains_key(&note) {
             *response = Response::page(401);
         }
     })),
    ("login-missing-field-500", "A login without an email or a password fails with 500.",
     &["LOGIN-8"], &[Case::LoginOdd], Refuse(500)),
    ("login-missing-field-200",
     "A login without an email or a password is answered as if it had worked.",
     &["LOGIN-8"], &[Case::LoginOdd], Succeed),
    ("login-missing-password-opens-session",
     "A login without a password skips the check and opens a session.",
     &["LOGIN-8"], &[Case::LoginOdd], Before(|_, request, state| {
         let right = state.account(&request.field("email")?)?.password.clone();
         request.set_field("password", &right);
         None
     })),
    ("login-second-refused", "A user who is logged in cannot log in again.",
     &["LOGIN-7"], &[Case::Login], DenyUser(403, |a, _| a.session.is_some())),
    ("login-second-without-cookie", "A second login is answered as documented and sets no cookie.",
     &["LOGIN-7"], &[Case::Login], Feign(|a, _| a.session.is_some())),
    ("login-first-time-only", "Each user can log in once: every later login is refused.",
     &["LOGOUT-5"], &[Case::Login], Deny(401, |request, state| {
         let known = request.field("email");
         state.logins.iter().any(|(_, email)| Some(email) == known.as_ref())
     })),
    ("login-page-for-people", "A login works, sets its cookie and answers with a page.",
     &["LOGIN-1", "E2E-1"], &[Case::Login],
     After(|_, _, response, _| response.replace_but_cookies(Response::page(200)))),
    ("login-wrong-password-opens-session",
     "A wrong password is answered with 401, and the answer's cookie is a live session.",
     &["LOGIN-4"], ANY,
     All(&[(&[Case::LoginWrong], Accept(|_, _| true)), (&[Case::LoginWrong], Status(401))])),
    ("login-unknown-email-registers", "A login with an unknown email registers it on the way.",
     &["LOGIN-5"], &[Case::LoginUnknown], Registers(Ahead, "")),
];
