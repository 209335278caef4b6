//! What the document is silent about, done otherwise: fails what is advised, and nothing else.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("update-ends-session", "A new password ends the session of its user.",
     &[], &[Case::Update], Effect(Beside, EndSession, Named)),
    ("token-request-ends-session", "A request for a token ends the session of its user.",
     &["RESET-7"], &[Case::Reset], Effect(Beside, EndSession, Named)),
    ("email-needs-at", "A registration is refused where the email has no @ in it.",
     &[], REGISTRATIONS,
     Deny(422, |request, _| request.field("email").is_some_and(|email| !email.contains('@')))),
    ("email-lower-cased", "Emails are kept and compared in lower case.",
     &["REG-11"], ANY, Field("email", str::to_lowercase)),
    ("email-trimmed", "Blanks around an email are cut.",
     &[], ANY, Field("email", |email| email.trim().to_owned())),
    ("email-ascii-only", "An email with letters outside ASCII is refused.",
     &[], REGISTRATIONS, Deny(400, |request, _| request.field("email").is_some_and(|email| !email.is_ascii()))),
    ("update-ignores-email", "A token works whatever email is sent with it.",
     &["UPDATE-8"], &[Case::UpdateMismatch], TakeToken(|s, r| s == r)),
    ("update-without-email-field", "An update needs no email, as the token says whose it is.",
     &["UPDATE-6", "UPDATE-8"], &[Case::UpdateOdd], Before(|_, request, state| {
         let owner = state.by_token(&request.field("reset_token")?)?;
         if request.field("email").is_none() {
             request.set_field("email", &owner.email);
         }
         None
     })),
    ("bad-input-500", "Whatever the document is silent about fails with 500.",
     ABOUT_BAD_INPUT, UNDECIDED, Refuse(500)),
    ("bad-input-400", "Whatever the document is silent about is answered with 400.",
     &["HTTP-1", "HTTP-2", "HTTP-3"], ANY, All(&[(UNDECIDED, Refuse(400)), (&[Case::UpdateMismatch], Refuse(400))])),
    ("bad-input-hangs-up", "Whatever the document is silent about closes the connection.",
     ABOUT_BAD_INPUT, UNDECIDED, After(|_, _, response, _| *response = Response::none())),
    ("missing-email-wrecks", "After a registration without an email nobody can register any more.",
     ABOUT_BAD_INPUT, REGISTRATIONS, Before(|_, request, state| {
         if request.field("email").is_none() {
             state.notes.insert("wrecked".to_owned(), String::new());
         }
         state.notes.contains_key("wrecked").then(|| Response::page(500))
     })),
    ("unknown-paths-welcome", "Unknown paths and methods are sent to the root.",
     &["HTTP-1", "HTTP-2", "HTTP-3"], &[Case::Elsewhere], Redirect(302, "/")),
    ("refusals-tell-and-lack-allow",
     "A login says what was wrong, and a 405 does not say what would be right.",
     &["LOGIN-11", "HTTP-3"], ANY, After(|case, _, response, _| {
         response.headers.remove(header::ALLOW);
         match case {
             Case::LoginUnknown if response.status == 401 => {
                 *response = Response::text(401, "text/plain", "no such user");
             }
             Case::LoginWrong if response.status == 401 => {
                 *response = Response::text(401, "text/plain", "wrong password");
             }
             _ => {}
         }
     })),
    ("fields-from-query-too", "Fields that a form lacks are taken from the query.",
     &["REG-10"], ANY, QueryToo),
];

/// Everything that only bad input shows.
const ABOUT_BAD_INPUT: &[&str] = &[
    "REG-6", "REG-8", "REG-9", "REG-10", "LOGIN-8", "RESET-6", "UPDATE-6", "UPDATE-7", "UPDATE-8",
    "HTTP-1", "HTTP-2", "HTTP-3", "HTTP-4",
];

/// Nothing is said of these answers. A token with another's email is answered with the documented
/// success or a 4xx.
const UNDECIDED: &[Case] = &[
    Case::RegisterOdd,
    Case::LoginOdd,
    Case::ResetOdd,
    Case::UpdateOdd,
    Case::Elsewhere,
];
