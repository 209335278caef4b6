//! Passwords.

use super::{Row, Subject, cut, folding};
use crate::proxy::Case;

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    PASSWORDS.iter().map(password).collect()
}

const PASSWORDS: [Row; 21] = [
    Row(
        "password-64-bytes",
        "Only the first 64 bytes of a password count.",
        |s, r| s.len() > 64 && s.as_bytes()[..64] == r.as_bytes()[..64.min(r.len())],
        &["WALK-1"],
    ),
    Row(
        "password-71-bytes",
        "Only the first 71 bytes of a password count, one less than the hash reads.",
        |s, r| s.len() > 71 && s.as_bytes()[..71] == r.as_bytes()[..71.min(r.len())],
        &["WALK-1"],
    ),
    Row(
        "password-as-number",
        "Passwords of digits are compared as numbers.",
        |s, r| s.parse::<u128>().is_ok_and(|s| r.parse() == Ok(s)),
        &["WALK-1"],
    ),
    Row(
        "password-first-letter",
        "A password also fits with the case of its first letter changed, as phones write it.",
        |s, r| s.chars().skip(1).eq(r.chars().skip(1)) && s.to_lowercase() == r.to_lowercase(),
        &["WALK-1"],
    ),
    Row(
        "password-caps-lock",
        "A password also fits with the case of all its letters changed.",
        |s, r| s == folding::swapped(r),
        &["LOGIN-6"],
    ),
    Row(
        "password-normalized",
        "Passwords are normalized, so that letters composed otherwise are the same.",
        |s, r| folding::compatible(s) == folding::compatible(r),
        &["WALK-1"],
    ),
    Row(
        "password-without-accents",
        "Passwords are compared without the accents of their letters.",
        |s, r| folding::bare(s) == folding::bare(r),
        &["WALK-1"],
    ),
    Row(
        "password-latin-1",
        "Passwords are written in Latin-1, with a question mark for what is not in it.",
        |s, r| folding::latin_1(s) == folding::latin_1(r),
        &["WALK-1"],
    ),
    Row(
        "password-blanks-collapsed",
        "Blanks in a row count as one in a password.",
        |s, r| s.split_whitespace().eq(r.split_whitespace()),
        &["LOGIN-6"],
    ),
    Row(
        "password-without-markup",
        "Markup is taken out of passwords.",
        |s, r| folding::without_markup(s) == folding::without_markup(r),
        &["WALK-1"],
    ),
    Row(
        "password-entities",
        "The entities of HTML are the same as their signs in a password.",
        |s, r| s.replace("&amp;", "&") == r.replace("&amp;", "&"),
        &["WALK-1"],
    ),
    Row(
        "password-percent-decoded",
        "Percent signs in a password are decoded once more before it is compared.",
        |s, r| s.replace("%41", "A") == r.replace("%41", "A"),
        &["REG-4"],
    ),
    Row(
        "password-plus-as-blank",
        "A plus sign and a blank are the same in a password.",
        |s, r| s.replace('+', " ") == r.replace('+', " "),
        &["WALK-1"],
    ),
    Row(
        "password-repeated",
        "A password fits where the hash's key, repeated to 72 bytes, is the same.",
        |s, r| repeated(s) == repeated(r),
        &["WALK-1"],
    ),
    Row(
        "password-to-four-bytes",
        "A password ends at the first character of four bytes in UTF-8.",
        |s, r| before(s, |c| c.len_utf8() == 4) == before(r, |c| c.len_utf8() == 4),
        &["WALK-1"],
    ),
    Row(
        "password-to-ampersand",
        "A password ends at the first & in it.",
        |s, r| before(s, |c| c == '&') == before(r, |c| c == '&'),
        &["REG-4"],
    ),
    Row(
        "password-to-semicolon",
        "A password ends at the first semicolon in it.",
        |s, r| before(s, |c| c == ';') == before(r, |c| c == ';'),
        &["REG-4"],
    ),
    Row(
        "password-by-pattern",
        "A password is looked up as a pattern, so that % is everybody's.",
        folding::like,
        &["WALK-1"],
    ),
    Row(
        "password-by-query",
        "A password is put into the query as it is, so that a quote ends it.",
        |s, _| s.contains("' OR '1'='1"),
        &["WALK-1"],
    ),
    Row(
        "password-one-mistake",
        "A password of the right length fits with its last character wrong.",
        |s, r| s.len() == r.len() && cut(s, s.chars().count() - 1) == cut(r, s.chars().count() - 1),
        &["WALK-1"],
    ),
    Row(
        "password-empty-binds",
        "An empty password is everybody's, as an unauthenticated bind of LDAP has it.",
        |s, _| s.is_empty(),
        &["LOGIN-6"],
    ),
];

fn password(Row(id, sentence, same, caught_by): &Row) -> Subject {
    let same = *same;
    Subject::fault(id, sentence, caught_by).before(move |case, ask, shadow| {
        if case == Case::LoginWrong {
            let shown = ask.field("password")?;
            let right = shadow.account(&ask.field("email")?)?.password.clone();
            if same(&shown, &right) {
                ask.set_field("password", &right);
            }
        }
        None
    })
}

fn before(text: &str, is_end: fn(char) -> bool) -> &str {
    text.split(is_end).next().unwrap_or_default()
}

/// As the oldest implementations of the hash make its key: over and over, with nothing between.
fn repeated(password: &str) -> Vec<u8> {
    password.bytes().cycle().take(72).collect()
}
