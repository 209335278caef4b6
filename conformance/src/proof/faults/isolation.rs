//! Answers that show one user to another.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("account-lost-when-another-logs-in",
     "Users are kept by session: a login of one user locks the others out.",
     &["LOGIN-3"], &[Case::Login], After(|_, request, response, state| {
         // Whoever logged in first stays the only one.
         let first = state.logins.first().map(|(_, email)| email.clone());
         if request.field("email") != first {
             *response = Response::page(401);
         }
     })),
    ("register-email-of-previous",
     "A registration answers with the email of the registration before it.",
     &["REG-4", "E2E-1"], &[Case::Register], MemberOf("email", |_, state| {
         let others = state.accounts.iter().rev().skip(1);
         others.map(|account| account.email.clone()).next()
     })),
    ("login-email-of-newest", "A login answers with the email of the user who registered last.",
     &["LOGIN-1"], &[Case::Login],
     MemberOf("email", |_, state| state.accounts.last().map(|a| a.email.clone()))),
    ("profile-email-of-first", "Every profile shows the email of the first user.",
     &["PROFILE-4"], &[Case::Profile],
     MemberOf("email", |_, state| state.accounts.first().map(|a| a.email.clone()))),
    ("profile-email-of-newest", "Every profile shows the email of the user who registered last.",
     &["PROFILE-4"], &[Case::Profile],
     MemberOf("email", |_, state| state.accounts.last().map(|a| a.email.clone()))),
    ("profile-email-of-previous",
     "A profile shows the user of the profile before it, as a cache without a key does.",
     &["PROFILE-4"], &[Case::Profile], MemberOf("email", |request, state| {
         let own = state.by_session(&request.session()?)?.email.clone();
         state.notes.insert("previous".to_owned(), own)
     })),
    ("reset-email-of-first", "The payload with the token names the first user.",
     &["RESET-1"], &[Case::Reset],
     MemberOf("email", |_, state| state.accounts.first().map(|a| a.email.clone()))),
    ("update-email-of-first", "An update answers with the email of the user who registered first.",
     &["UPDATE-1"], &[Case::Update],
     MemberOf("email", |_, state| state.accounts.first().map(|a| a.email.clone()))),
];
