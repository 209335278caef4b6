//! Servers that break under haste or after bad input.

use std::time::Duration;

use super::Subject;
use crate::proxy::{Answer, Case};

/// A request counts as hasty when it follows the last answer within this time. Real targets that
/// stumble over haste do so within a millisecond or two; a machine that is busy with other trials
/// makes the suite slower than it would be.
const HASTE: Duration = Duration::from_millis(4);

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    vec![
        Subject::fault(
            "haste-500",
            "A request that follows an answer without a pause fails with 500.",
            &["HTTP-5"],
        )
        .minding_haste()
        .before(|_, _, shadow| {
            let hasty = shadow.since_last_answer().is_some_and(|gap| gap < HASTE);
            hasty.then(|| Answer::page(500))
        }),
        Subject::fault(
            "haste-503",
            "The fifth request in a row without a pause is turned away with 503.",
            &["HTTP-5"],
        )
        .minding_haste()
        .before(|_, _, shadow| {
            let hasty = shadow.since_last_answer().is_some_and(|gap| gap < HASTE);
            let in_a_row = if hasty { shadow.count("haste") } else { 0 };
            if !hasty {
                shadow.forget("haste");
            }
            (in_a_row >= 4).then(|| Answer::page(503))
        }),
        Subject::fault(
            "haste-hangs-up",
            "The fourth request in a row without a pause gets its connection closed.",
            &["HTTP-5"],
        )
        .minding_haste()
        .before(|_, _, shadow| {
            let hasty = shadow.since_last_answer().is_some_and(|gap| gap < HASTE);
            let in_a_row = if hasty { shadow.count("haste") } else { 0 };
            if !hasty {
                shadow.forget("haste");
            }
            (in_a_row >= 3).then(Answer::none)
        }),
        Subject::fault(
            "wrecked-by-missing-field",
            "After a registration with a field missing the root fails with 500.",
            &["HTTP-4"],
        )
        .after(|case, _, answer, shadow| {
            if case == Case::RegisterOdd {
                shadow.notes.insert("wrecked".to_owned(), String::new());
            }
            if case == Case::Welcome && shadow.notes.contains_key("wrecked") {
                *answer = Answer::page(500);
            }
        }),
        Subject::fault(
            "wrecked-by-long-email",
            "After an email of thousands of characters the root is closed without an answer.",
            &["HTTP-4"],
        )
        .after(|case, ask, answer, shadow| {
            if ask.field("email").is_some_and(|email| email.len() > 1000) {
                shadow.notes.insert("wrecked".to_owned(), String::new());
            }
            if case == Case::Welcome && shadow.notes.contains_key("wrecked") {
                *answer = Answer::none();
            }
        }),
    ]
}
