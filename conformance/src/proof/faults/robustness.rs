//! Servers that break under haste or after bad input.

use std::time::Duration;

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("wrecked-by-missing-field",
     "After a registration with a field missing the root fails with 500.",
     &["HTTP-4"], ANY, After(|case, _, response, state| {
         if case == Case::RegisterOdd {
             state.notes.insert("wrecked".to_owned(), String::new());
         }
         if case == Case::Welcome && state.notes.contains_key("wrecked") {
             *response = Response::page(500);
         }
     })),
    ("wrecked-by-long-email",
     "After an email of thousands of characters the root is closed without an answer.",
     &["HTTP-4"], ANY, After(|case, request, response, state| {
         if request.field("email").is_some_and(|email| email.len() > 1000) {
             state.notes.insert("wrecked".to_owned(), String::new());
         }
         if case == Case::Welcome && state.notes.contains_key("wrecked") {
             *response = Response::none();
         }
     })),
    ("haste-500", "A request that follows an answer without a pause fails with 500.",
     &["HTTP-5"], ANY, Hasty(TOO_SOON, 0, || Response::page(500))),
    ("haste-503", "The fifth request in a row without a pause is turned away with 503.",
     &["HTTP-5"], ANY, Hasty(TOO_SOON, 3, || Response::page(503))),
    ("haste-hangs-up", "The fourth request in a row without a pause gets its connection closed.",
     &["HTTP-5"], ANY, Hasty(TOO_SOON, 2, Response::none)),
];

/// A request counts as hasty when it follows the last answer within this time. Real targets that
/// stumble over haste do so within a millisecond or two; a machine that is busy with other trials
/// makes the suite slower than it would be.
const TOO_SOON: Duration = Duration::from_millis(4);
