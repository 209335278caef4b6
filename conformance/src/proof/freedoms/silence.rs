//! What the document is silent about, done otherwise: fails what is advised, and nothing else.

use hyper::{Method, header};

use crate::proof::{
    proxy::{Case, Response},
    subject::{
        Subject,
        edits::{
            self, ANY,
            Edit::{After, Before, Effect},
            Row,
        },
        effects::{Act, When, Whom},
    },
};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    edits::freedoms(FREEDOMS)
}

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
const FREEDOMS: &[Row] = &[
    ("update-ends-session", "A new password ends the session of its user.",
     &[], &[Case::Update], Effect(When::Beside, Act::EndSession, Whom::Named)),
    ("token-request-ends-session", "A request for a token ends the session of its user.",
     &["RESET-7"], &[Case::Reset], Effect(When::Beside, Act::EndSession, Whom::Named)),
    ("email-needs-at", "A registration is refused where the email has no @ in it.",
     &[], ANY, Before(|_, request, _| {
         let email = request.field("email")?;
         (request.is(&Method::POST, "/users") && !email.contains('@')).then(|| Response::page(422))
     })),
    ("email-lower-cased", "Emails are kept and compared in lower case.",
     &["REG-11"], ANY, Before(|_, request, _| {
         request.map_field("email", str::to_lowercase);
         None
     })),
    ("email-trimmed", "Blanks around an email are cut.",
     &[], ANY, Before(|_, request, _| {
         request.map_field("email", |email| email.trim().to_owned());
         None
     })),
    ("email-ascii-only", "An email with letters outside ASCII is refused.",
     &[], ANY, Before(|_, request, _| {
         let email = request.field("email")?;
         (request.is(&Method::POST, "/users") && !email.is_ascii()).then(|| Response::page(400))
     })),
    ("update-ignores-email", "A token works whatever email is sent with it.",
     &["UPDATE-8"], ANY, Before(|case, request, state| {
         if case == Case::UpdateMismatch {
             let owner = state.by_token(&request.field("reset_token")?)?.email.clone();
             request.set_field("email", &owner);
         }
         None
     })),
    ("update-without-email-field", "An update needs no email, as the token says whose it is.",
     &["UPDATE-6", "UPDATE-8"], ANY, Before(|_, request, state| {
         let token = request.field("reset_token")?;
         if request.is(&Method::PUT, "/reset_password") && request.field("email").is_none() {
             let owner = state.by_token(&token)?.email.clone();
             request.set_field("email", &owner);
         }
         None
     })),
    ("bad-input-500", "Whatever the document is silent about fails with 500.",
     ABOUT_BAD_INPUT, ANY, After(|case, _, response, _| {
         if is_undecided(case) {
             *response = Response::page(500);
         }
     })),
    ("bad-input-400", "Whatever the document is silent about is answered with 400.",
     &["HTTP-1", "HTTP-2", "HTTP-3"], ANY, After(|case, _, response, _| {
         if case.is_odd() {
             *response = Response::page(400);
         }
     })),
    ("bad-input-hangs-up", "Whatever the document is silent about closes the connection.",
     ABOUT_BAD_INPUT, ANY, After(|case, _, response, _| {
         if is_undecided(case) {
             *response = Response::none();
         }
     })),
    ("missing-email-wrecks", "After a registration without an email nobody can register any more.",
     ABOUT_BAD_INPUT, ANY, Before(|_, request, state| {
         if !request.is(&Method::POST, "/users") {
             return None;
         }
         if request.field("email").is_none() {
             state.notes.insert("wrecked".to_owned(), String::new());
         }
         state
             .notes
             .contains_key("wrecked")
             .then(|| Response::page(500))
     })),
    ("unknown-paths-welcome", "Unknown paths and methods are sent to the root.",
     &["HTTP-1", "HTTP-2", "HTTP-3"], ANY, After(|case, _, response, _| {
         if case == Case::Elsewhere {
             *response = Response::redirect(302, "/");
         }
     })),
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
     &["REG-10"], ANY, Before(|_, request, _| {
         for name in ["email", "password"] {
             if let (None, Some(value)) = (request.field(name), request.parameter(name)) {
                 request.set_field(name, &value);
             }
         }
         None
     })),
];

/// Everything that only bad input shows.
const ABOUT_BAD_INPUT: &[&str] = &[
    "REG-6", "REG-8", "REG-9", "REG-10", "LOGIN-8", "RESET-6", "UPDATE-6", "UPDATE-7", "UPDATE-8",
    "HTTP-1", "HTTP-2", "HTTP-3", "HTTP-4",
];

/// Whether nothing is said of the answer. A token with another's email is answered with the
/// documented success or a 4xx.
fn is_undecided(case: Case) -> bool {
    case.is_odd() && case != Case::UpdateMismatch
}
