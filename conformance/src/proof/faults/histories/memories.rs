//! What is remembered too long, and what is left over in an answer.

use serde_json::json;

use crate::proof::{
    proxy::{Answer, Case},
    subject::{
        Subject,
        edits::{
            ANY,
            Edit::{After, Answers, Before, Feign, Instead},
            Row, profile_of, success,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("unknown-is-remembered-ask",
     "Whoever was unknown to a request for a token stays so after registering.",
     &["WALK-1"], ANY, Before(|case, ask, shadow| {
         let email = ask.field("email")?;
         if case == Case::ResetUnknown {
             shadow.notes.insert(email, String::new());
             return None;
         }
         (case == Case::Reset && shadow.notes.contains_key(&email)).then(|| Answer::page(403))
     })),
    ("unknown-is-remembered-login", "Whoever was unknown to a login stays so after registering.",
     &["WALK-1"], ANY, Before(|case, ask, shadow| {
         let email = ask.field("email")?;
         if case == Case::LoginUnknown {
             shadow.notes.insert(email, String::new());
             return None;
         }
         (case == Case::Login && shadow.notes.contains_key(&email)).then(|| Answer::page(401))
     })),
    ("profile-is-cached", "A profile once shown is shown again until its session is logged out.",
     &["LOGIN-7"], ANY, After(|case, ask, answer, shadow| {
         let Some(id) = ask.session() else { return };
         match case {
             Case::Profile => {
                 let email = answer.member("email").unwrap_or_default();
                 shadow.notes.insert(id, email);
             }
             Case::Logout => {
                 shadow.notes.remove(&id);
             }
             Case::ProfileEnded => {
                 if let Some(email) = shadow.notes.get(&id) {
                     *answer = profile_of(email);
                 }
             }
             _ => {}
         }
     })),
    ("password-is-cached",
     "A password that was once right is right for everybody, until a new one is set.",
     &["REG-5"], ANY, Before(|case, ask, shadow| {
         let password = format!("seen {}", ask.field("password").unwrap_or_default());
         match case {
             Case::Login => {
                 shadow.notes.insert(password, String::new());
             }
             Case::Update => shadow.notes.clear(),
             Case::LoginWrong if shadow.notes.contains_key(&password) => {
                 let right = shadow.account(&ask.field("email")?)?.password.clone();
                 ask.set_field("password", &right);
             }
             _ => {}
         }
         None
     })),
    ("register-twice-refused-then-free", "The check for a taken email removes what it finds.",
     &["REG-2"], &[Case::RegisterTaken], Instead(|ask, shadow| {
         let email = ask.field("email")?;
         shadow
             .notes
             .insert(email, String::new())
             .map(|_| success(ask))
     })),
    ("register-free-after-update",
     "An email can be registered again once its owner has set a new password.",
     &["WALK-1"], &[Case::RegisterTaken], Feign(|a, _| !a.old_passwords.is_empty())),
    ("profile-keeps-message", "Profiles keep the message of an update that came before.",
     &["WALK-1"], &[Case::Profile], Answers(|ask, answer, shadow| {
         let updated = shadow
             .subject(&ask.call())
             .is_some_and(|a| !a.used_tokens.is_empty());
         if updated {
             answer.map_payload(|payload| payload["message"] = json!("Password updated"));
         }
     })),
    ("update-names-last-who-asked",
     "An update answers with the email of whoever asked for a token last.",
     &["WALK-1"], &[Case::Update], Answers(|_, answer, shadow| {
         if let Some((_, email)) = shadow.tokens.last() {
             let email = json!(email);
             answer.map_payload(|payload| payload["email"] = email);
         }
     })),
    ("logout-to-reset", "A logout redirects to the update while its user's token is outstanding.",
     &["WALK-1"], &[Case::Logout], Answers(|ask, answer, shadow| {
         let waits = shadow
             .subject(&ask.call())
             .is_some_and(|a| a.token.is_some());
         if waits {
             *answer = Answer::redirect(302, "/reset_password");
         }
     })),
];

/// The faults of this area that have a memory.
pub(in crate::proof::faults) fn by_hand() -> Vec<Subject> {
    vec![
        Subject::fault(
            "login-says-already",
            "A login while a session is live says that she is logged in already.",
            &["LOGIN-1"],
        )
        .before(|case, ask, shadow| {
            let live = shadow.subject(&ask.call())?.session.is_some();
            let flag = (case == Case::Login && live).to_string();
            shadow.notes.insert("already".to_owned(), flag);
            None
        })
        .at([Case::Login], |_, answer, shadow| {
            if shadow
                .notes
                .get("already")
                .is_some_and(|flag| flag == "true")
            {
                answer.map_payload(|payload| payload["message"] = json!("already logged in"));
            }
        }),
    ]
}
