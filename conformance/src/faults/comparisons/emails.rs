//! Emails.

use super::{Row, Subject, cut, folding};
use crate::proxy::Case;

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    EMAILS.iter().map(email).collect()
}

const EMAILS: [Row; 11] = [
    Row(
        "email-by-pattern",
        "Emails are looked up as patterns, so that _ in one stands for any letter.",
        folding::like,
        &["WALK-1"],
    ),
    Row(
        "email-by-64-characters",
        "Emails are looked up by their first 64 characters.",
        |s, r| s.len() > 64 && cut(s, 64) == cut(r, 64),
        &["WALK-1"],
    ),
    Row(
        "email-without-tag",
        "Emails are looked up without the tag after a plus sign.",
        |s, r| untagged(s) == untagged(r),
        &["WALK-1"],
    ),
    Row(
        "email-without-dots",
        "Emails are looked up without the dots of their names.",
        |s, r| undotted(s) == undotted(r),
        &["WALK-1"],
    ),
    Row(
        "email-by-beginning",
        "The first user whose email begins with the one that was sent is found.",
        |s, r| r.starts_with(s),
        &["WALK-1"],
    ),
    Row(
        "email-by-end",
        "A user is found whose email ends the one that was sent.",
        |s, r| s.ends_with(r),
        &["WALK-1"],
    ),
    Row(
        "email-by-name",
        "Emails are looked up by what stands before the @.",
        |s, r| s.split('@').next() == r.split('@').next(),
        &["WALK-1"],
    ),
    Row(
        "email-by-slug",
        "Emails are looked up by their letters and digits, whatever stands between.",
        |s, r| slug(s) == slug(r),
        &["WALK-1"],
    ),
    Row(
        "email-without-accents",
        "Emails are compared as a database does that knows no accents.",
        |s, r| folding::bare(s) == folding::bare(r),
        &["WALK-1"],
    ),
    Row(
        "email-of-full-width",
        "Emails are normalized, so that letters of full width are the same.",
        |s, r| folding::compatible(s) == folding::compatible(r),
        &["WALK-1"],
    ),
    Row(
        "email-by-query",
        "An email is put into the query as it is, so that a quote ends it.",
        |s, _| s.contains("'or'1'='1"),
        &["WALK-1"],
    ),
];

fn email(Row(id, sentence, same, caught_by): &Row) -> Subject {
    let same = *same;
    Subject::fault(id, sentence, caught_by).before(move |case, ask, shadow| {
        if matches!(
            case,
            Case::Register | Case::LoginUnknown | Case::ResetUnknown
        ) {
            let shown = ask.field("email")?;
            let found = shadow
                .find(|account| same(&shown, &account.email))?
                .email
                .clone();
            ask.set_field("email", &found);
        }
        None
    })
}

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
