//! Registrations that forget, overwrite, let in too much, or break on what they did not expect.

use hyper::Method;
use serde_json::json;

use crate::proof::{
    proxy::{Answer, Ask, Case},
    subject::{
        Subject,
        edits::{
            ANY,
            Edit::{After, Answers, Before, Feign, Field, Instead, Refuse, RefuseIf, SucceedIf},
            Row, success,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("register-taken-adds-password", "After a refused second registration both passwords log in.",
     &["REG-3"], ANY, Before(|case, ask, shadow| {
         let (email, password) = (ask.field("email")?, ask.field("password")?);
         let note = format!("offered {email} {password}");
         if case == Case::RegisterTaken {
             shadow.notes.insert(note, email);
         } else if case == Case::LoginWrong && shadow.notes.contains_key(&note) {
             let right = shadow.account(&email)?.password.clone();
             ask.set_field("password", &right);
         }
         None
     })),
    ("register-taken-by-password", "An email counts as taken only together with the same password.",
     &["REG-2"], &[Case::RegisterTaken], Feign(|a, ask| ask.field("password").as_ref() != Some(&a.password))),
    ("register-taken-while-logged-in-only",
     "An email counts as taken only while its user is logged in.",
     &["REG-2"], &[Case::RegisterTaken], Feign(|a, _| a.session.is_none())),
    ("register-stores-nothing", "A registration is answered as documented and stores nothing.",
     &["REG-2", "LOGIN-1", "E2E-1"], &[Case::Register], Instead(|ask, _| Some(success(ask)))),
    ("register-keeps-the-last", "Only the user who registered last is kept.",
     &["REG-5"], &[Case::Login, Case::Reset], Answers(|ask, answer, shadow| {
         let email = ask.field("email");
         let last = shadow.accounts.last().map(|account| account.email.clone());
         if email != last {
             *answer = Answer::page(if ask.path == "/sessions" { 401 } else { 403 });
         }
     })),
    ("register-lower-cases-email", "The email is kept and shown in lower case.",
     &["REG-11"], ANY, Field("email", str::to_lowercase)),
    ("register-shows-lower-case", "A registration answers with the email in lower case.",
     &["REG-11"], &[Case::Register], Answers(|ask, answer, _| {
         let email = ask.field("email").unwrap_or_default().to_lowercase();
         answer.map_payload(|payload| payload["email"] = json!(email));
     })),
    ("register-drops-plus-tag",
     "A registration answers with the email as some mail providers fold it, without what follows a plus sign.",
     &["REG-4"], &[Case::Register], Answers(|ask, answer, _| {
         let email = ask.field("email").unwrap_or_default();
         if let Some((name, rest)) = email.split_once('+')
             && let Some((_, host)) = rest.split_once('@')
         {
             answer.map_payload(|payload| payload["email"] = json!(format!("{name}@{host}")));
         }
     })),
    ("register-missing-field-200",
     "A registration without an email or a password is answered as if it had worked.",
     &["REG-6"], &[Case::RegisterOdd],
     SucceedIf(|ask, _| ask.field("email").is_none() || ask.field("password").is_none())),
    ("register-missing-field-500", "A registration without an email or a password fails with 500.",
     &["REG-6"], &[Case::RegisterOdd],
     RefuseIf(500, |ask, _| ask.field("email").is_none() || ask.field("password").is_none())),
    ("register-missing-email-wrecks",
     "After a registration without an email every further registration fails with 500.",
     &["REG-6"], ANY, Before(|_, ask, shadow| {
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
     })),
    ("register-empty-field-200",
     "An empty email or an empty password is good enough for an account.",
     &["REG-9"], &[Case::RegisterOdd], Answers(|ask, answer, _| {
         if let (Some(_), Some(_)) = (ask.field("email"), ask.field("password")) {
             *answer = success(ask);
         }
     })),
    ("register-empty-field-500",
     "An empty email or an empty password makes the registration fail with 500.",
     &["REG-9"], &[Case::RegisterOdd], Answers(|ask, answer, _| {
         if let (Some(_), Some(_)) = (ask.field("email"), ask.field("password")) {
             *answer = Answer::page(500);
         }
     })),
    ("register-long-email-500",
     "An email of thousands of characters makes the registration fail with 500.",
     &["REG-8"], ANY, After(|_, ask, answer, _| {
         if registers(ask) && ask.field("email").is_some_and(|email| email.len() > 1000) {
             *answer = Answer::page(500);
         }
     })),
    ("register-non-ascii-email-500",
     "An email with letters outside ASCII makes the registration fail with 500.",
     &["REG-8"], ANY, After(|_, ask, answer, _| {
         if registers(ask) && ask.field("email").is_some_and(|email| !email.is_ascii()) {
             *answer = Answer::page(500);
         }
     })),
    ("register-bad-form-500", "A body that is no valid form makes the registration fail with 500.",
     &["REG-8"], ANY, After(|_, ask, answer, _| {
         let form = ask.field("email").or(ask.field("password"));
         if ask.is(&Method::POST, "/users") && form.is_none() && !ask.body.is_empty() {
             *answer = Answer::page(500);
         }
     })),
    ("register-long-email-hangs-up",
     "An email of thousands of characters makes the server close the connection.",
     &["REG-8"], ANY, After(|_, ask, answer, _| {
         if registers(ask) && ask.field("email").is_some_and(|email| email.len() > 1000) {
             *answer = Answer::none();
         }
     })),
    ("register-page-for-new",
     "A registration answers 200 with a page for people instead of the payload.",
     &["REG-1", "E2E-1"], &[Case::Register], Refuse(200)),
];

/// The faults of this area that have a memory.
pub(super) fn by_hand() -> Vec<Subject> {
    vec![
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
    ]
}

fn registers(ask: &Ask) -> bool {
    ask.is(&Method::POST, "/users")
}
