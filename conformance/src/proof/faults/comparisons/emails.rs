//! Emails.

use super::{cut, folding};
use crate::proof::subject::prelude::*;

const UNKNOWN: &[Case] = &[Case::Register, Case::LoginUnknown, Case::ResetUnknown];

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("email-by-pattern",
     "Emails are looked up as patterns, so that _ in one stands for any letter.",
     &["WALK-1"], UNKNOWN, TakeEmail(folding::like)),
    ("email-by-64-characters", "Emails are looked up by their first 64 characters.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| s.len() > 64 && cut(s, 64) == cut(r, 64))),
    ("email-without-tag", "Emails are looked up without the tag after a plus sign.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| untagged(s) == untagged(r))),
    ("email-without-dots", "Emails are looked up without the dots of their names.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| undotted(s) == undotted(r))),
    ("email-by-beginning", "The first user whose email begins with the one that was sent is found.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| r.starts_with(s))),
    ("email-by-end", "A user is found whose email ends the one that was sent.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| s.ends_with(r))),
    ("email-by-name", "Emails are looked up by what stands before the @.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| s.split('@').next() == r.split('@').next())),
    ("email-by-slug", "Emails are looked up by their letters and digits, whatever stands between.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| slug(s) == slug(r))),
    ("email-without-accents", "Emails are compared as a database does that knows no accents.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| folding::bare(s) == folding::bare(r))),
    ("email-of-full-width", "Emails are normalized, so that letters of full width are the same.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, r| folding::compatible(s) == folding::compatible(r))),
    ("email-by-query", "An email is put into the query as it is, so that a quote ends it.",
     &["WALK-1"], UNKNOWN, TakeEmail(|s, _| s.contains("'or'1'='1"))),
];

fn slug(email: &str) -> String {
    email
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '@')
        .collect()
}

fn undotted(email: &str) -> String {
    let (name, domain) = email.split_once('@').unwrap_or((email, ""));
    format!("{}@{domain}", name.replace('.', ""))
}

fn untagged(email: &str) -> String {
    let (name, domain) = email.split_once('@').unwrap_or((email, ""));
    format!("{}@{domain}", name.split('+').next().unwrap_or_default())
}
