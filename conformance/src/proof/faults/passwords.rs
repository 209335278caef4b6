//! Passwords compared loosely, or changed before they are stored.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("password-of-anybody", "The password of any user logs any user in.",
     &["LOGIN-6", "REG-5"], &[Case::LoginWrong], AcceptIf(|_, request, state| {
     let offered = request.field("password");
     state.find(|account| Some(&account.password) == offered.as_ref()).is_some()
     })),
    ("password-of-the-last",
     "The password is kept in one place for all: the one registered last counts.",
     &["REG-5"], ANY, Before(|case, request, state| {
         let last = state.accounts.last()?.clone();
         let account = state.account(&request.field("email")?)?.clone();
         let offered = request.field("password")?;
         match case {
             Case::Login if offered != last.password => Some(Response::page(401)),
             Case::LoginWrong if offered == last.password => {
                 request.set_field("password", &account.password);
                 None
             }
             _ => None,
         }
     })),
    ("password-old-still-works", "After an update the old password logs in as well as the new one.",
     &["UPDATE-2"], &[Case::LoginWrong], AcceptIf(|account, request, _| {
     request.field("password").is_some_and(|old| account.old_passwords.contains(&old))
     })),
    ("password-any", "Any password logs in: the check is missing.",
     &["LOGIN-4", "LOGIN-6", "REG-5", "UPDATE-2", "E2E-1"], &[Case::LoginWrong], Accept(|_, _| true)),
    ("password-any-case", "Passwords are compared without regard to letter case.",
     &["LOGIN-6"], &[Case::LoginWrong],
     Accept(|offered, right| offered.to_lowercase() == right.to_lowercase())),
    ("password-trimmed", "Blanks around an offered password are ignored.",
     &["LOGIN-6"], &[Case::LoginWrong], Accept(|offered, right| offered.trim() == right)),
    ("password-prefix", "The beginning of a password is accepted for the whole.",
     &["LOGIN-6"], &[Case::LoginWrong],
     Accept(|offered, right| !offered.is_empty() && right.starts_with(offered))),
    ("password-longer", "A password with more characters after the right ones is accepted.",
     &["LOGIN-6"], &[Case::LoginWrong], Accept(|offered, right| offered.starts_with(right))),
    ("password-empty", "An empty password is accepted, as if there were nothing to check.",
     &["LOGIN-6"], &[Case::LoginWrong], Accept(|offered, _| offered.is_empty())),
    ("password-of-that-length", "Any password of the right length is accepted.",
     &["LOGIN-6"], &[Case::LoginWrong], Accept(|offered, right| offered.len() == right.len())),
    ("register-trims-password",
     "A registration cuts the blanks around the password, and a login does not.",
     &["REG-4"], REGISTRATIONS, Field("password", |password| password.trim().to_owned())),
    ("register-lower-cases-password",
     "A registration stores the password in lower case, and a login compares it as sent.",
     &["REG-4"], REGISTRATIONS, Field("password", str::to_lowercase)),
    ("register-hashes-twice",
     "A registration hashes the password twice, so that nobody can log in.",
     &["LOGIN-1", "E2E-1"], REGISTRATIONS, Field("password", |password| format!("hashed:{password}"))),
    ("register-ignores-password", "Every account gets the same password, whatever was sent.",
     &["LOGIN-1", "E2E-1"], REGISTRATIONS, Field("password", |_| "password".to_owned())),
];
