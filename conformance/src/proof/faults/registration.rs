//! Registrations that forget, overwrite, let in too much, or break on what they did not expect.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("register-taken-adds-password", "After a refused second registration both passwords log in.",
     &["REG-3"], ANY, Before(|case, request, state| {
         let (email, password) = (request.field("email")?, request.field("password")?);
         let note = format!("offered {email} {password}");
         if case == Case::RegisterTaken {
             state.notes.insert(note, email);
         } else if case == Case::LoginWrong && state.notes.contains_key(&note) {
             let right = state.account(&email)?.password.clone();
             request.set_field("password", &right);
         }
         None
     })),
    ("register-taken-by-password", "An email counts as taken only together with the same password.",
     &["REG-2"], &[Case::RegisterTaken], Feign(|a, request| request.field("password").as_ref() != Some(&a.password))),
    ("register-taken-while-logged-in-only",
     "An email counts as taken only while its user is logged in.",
     &["REG-2"], &[Case::RegisterTaken], Feign(|a, _| a.session.is_none())),
    ("register-stores-nothing", "A registration is answered as documented and stores nothing.",
     &["REG-2", "LOGIN-1", "E2E-1"], &[Case::Register], Answer(success)),
    ("register-keeps-the-last", "Only the user who registered last is kept.",
     &["REG-5"], &[Case::Login, Case::Reset], After(|_, request, response, state| {
         let email = request.field("email");
         let last = state.accounts.last().map(|account| account.email.clone());
         if email != last {
             *response = Response::page(if request.path == "/sessions" { 401 } else { 403 });
         }
     })),
    ("register-lower-cases-email", "The email is kept and shown in lower case.",
     &["REG-11"], ANY, Field("email", str::to_lowercase)),
    ("register-shows-lower-case", "A registration answers with the email in lower case.",
     &["REG-11"], &[Case::Register], Email(str::to_lowercase)),
    ("register-drops-plus-tag",
     "A registration answers with the email as some mail providers fold it, without what follows a plus sign.",
     &["REG-4"], &[Case::Register], MemberOf("email", |request, _| {
         let email = request.field("email")?;
         let (name, rest) = email.split_once('+')?;
         Some(format!("{name}@{}", rest.split_once('@')?.1))
     })),
    ("register-missing-field-200",
     "A registration without an email or a password is answered as if it had worked.",
     &["REG-6"], &[Case::RegisterOdd], SucceedIf(|request, _| lacks_a_field(request))),
    ("register-missing-field-500", "A registration without an email or a password fails with 500.",
     &["REG-6"], &[Case::RegisterOdd], RefuseIf(500, |request, _| lacks_a_field(request))),
    ("register-missing-email-wrecks",
     "After a registration without an email every further registration fails with 500.",
     &["REG-6"], REGISTRATIONS, Before(|_, request, state| {
         if request.field("email").is_none() && request.field("password").is_some() {
             state.notes.insert("wrecked".to_owned(), String::new());
         }
         state.notes.contains_key("wrecked").then(|| Response::page(500))
     })),
    ("register-empty-field-200",
     "An empty email or an empty password is good enough for an account.",
     &["REG-9"], &[Case::RegisterOdd], SucceedIf(|request, _| !lacks_a_field(request))),
    ("register-empty-field-500",
     "An empty email or an empty password makes the registration fail with 500.",
     &["REG-9"], &[Case::RegisterOdd], RefuseIf(500, |request, _| !lacks_a_field(request))),
    ("register-long-email-500",
     "An email of thousands of characters makes the registration fail with 500.",
     &["REG-8"], ANY, RefuseIf(500, |request, _| {
         registers(request) && request.field("email").is_some_and(|email| email.len() > 1000)
     })),
    ("register-non-ascii-email-500",
     "An email with letters outside ASCII makes the registration fail with 500.",
     &["REG-8"], ANY, RefuseIf(500, |request, _| {
         registers(request) && request.field("email").is_some_and(|email| !email.is_ascii())
     })),
    ("register-bad-form-500", "A body that is no valid form makes the registration fail with 500.",
     &["REG-8"], ANY, RefuseIf(500, |request, _| {
         let form = request.field("email").or(request.field("password"));
         registers(request) && form.is_none() && !request.body.is_empty()
     })),
    ("register-long-email-hangs-up",
     "An email of thousands of characters makes the server close the connection.",
     &["REG-8"], ANY, After(|_, request, response, _| {
         if registers(request) && request.field("email").is_some_and(|email| email.len() > 1000) {
             *response = Response::none();
         }
     })),
    ("register-page-for-new",
     "A registration answers 200 with a page for people instead of the payload.",
     &["REG-1", "E2E-1"], &[Case::Register], Refuse(200)),
    ("register-missing-password-stored",
     "A registration without a password is refused, and the account is there with another.",
     &["REG-6"], &[Case::RegisterOdd], Registers(Beside, "None")),
];

fn registers(request: &Request) -> bool {
    request.is(&Method::POST, "/users")
}

fn lacks_a_field(request: &Request) -> bool {
    request.field("email").is_none() || request.field("password").is_none()
}
