//! Passwords.

use super::{cut, folding};
use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("password-64-bytes", "Only the first 64 bytes of a password count.",
     &["WALK-1"], &[Case::LoginWrong],
     Accept(|s, r| s.len() > 64 && s.as_bytes()[..64] == r.as_bytes()[..64.min(r.len())])),
    ("password-71-bytes",
     "Only the first 71 bytes of a password count, one less than the hash reads.",
     &["WALK-1"], &[Case::LoginWrong],
     Accept(|s, r| s.len() > 71 && s.as_bytes()[..71] == r.as_bytes()[..71.min(r.len())])),
    ("password-as-number", "Passwords of digits are compared as numbers.",
     &["WALK-1"], &[Case::LoginWrong], Accept(|s, r| s.parse::<u128>().is_ok_and(|s| r.parse() == Ok(s)))),
    ("password-first-letter",
     "A password also fits with the case of its first letter changed, as phones write it.",
     &["WALK-1"], &[Case::LoginWrong],
     Accept(|s, r| s.chars().skip(1).eq(r.chars().skip(1)) && s.to_lowercase() == r.to_lowercase())),
    ("password-caps-lock", "A password also fits with the case of all its letters changed.",
     &["LOGIN-6"], &[Case::LoginWrong], Accept(|s, r| s == folding::swapped(r))),
    ("password-normalized",
     "Passwords are normalized, so that letters composed otherwise are the same.",
     &["WALK-1"], &[Case::LoginWrong], Accept(|s, r| folding::compatible(s) == folding::compatible(r))),
    ("password-without-accents", "Passwords are compared without the accents of their letters.",
     &["WALK-1"], &[Case::LoginWrong], Accept(|s, r| folding::bare(s) == folding::bare(r))),
    ("password-latin-1",
     "Passwords are written in Latin-1, with a question mark for what is not in it.",
     &["WALK-1"], &[Case::LoginWrong], Accept(|s, r| folding::latin_1(s) == folding::latin_1(r))),
    ("password-blanks-collapsed", "Blanks in a row count as one in a password.",
     &["LOGIN-6"], &[Case::LoginWrong], Accept(|s, r| s.split_whitespace().eq(r.split_whitespace()))),
    ("password-without-markup", "Markup is taken out of passwords.",
     &["WALK-1"], &[Case::LoginWrong],
     Accept(|s, r| folding::without_markup(s) == folding::without_markup(r))),
    ("password-entities", "The entities of HTML are the same as their signs in a password.",
     &["WALK-1"], &[Case::LoginWrong], Accept(|s, r| s.replace("&amp;", "&") == r.replace("&amp;", "&"))),
    ("password-percent-decoded",
     "Percent signs in a password are decoded once more before it is compared.",
     &["REG-4"], &[Case::LoginWrong], Accept(|s, r| s.replace("%41", "A") == r.replace("%41", "A"))),
    ("password-plus-as-blank", "A plus sign and a blank are the same in a password.",
     &["WALK-1"], &[Case::LoginWrong], Accept(|s, r| s.replace('+', " ") == r.replace('+', " "))),
    ("password-repeated",
     "A password fits where the hash's key, repeated to 72 bytes, is the same.",
     &["WALK-1"], &[Case::LoginWrong], Accept(|s, r| repeated(s) == repeated(r))),
    ("password-to-four-bytes", "A password ends at the first character of four bytes in UTF-8.",
     &["WALK-1"], &[Case::LoginWrong],
     Accept(|s, r| before(s, |c| c.len_utf8() == 4) == before(r, |c| c.len_utf8() == 4))),
    ("password-to-ampersand", "A password ends at the first & in it.",
     &["REG-4"], &[Case::LoginWrong], Accept(|s, r| before(s, |c| c == '&') == before(r, |c| c == '&'))),
    ("password-to-semicolon", "A password ends at the first semicolon in it.",
     &["REG-4"], &[Case::LoginWrong], Accept(|s, r| before(s, |c| c == ';') == before(r, |c| c == ';'))),
    ("password-by-pattern", "A password is looked up as a pattern, so that % is everybody's.",
     &["WALK-1"], &[Case::LoginWrong], Accept(folding::like)),
    ("password-by-query", "A password is put into the query as it is, so that a quote ends it.",
     &["WALK-1"], &[Case::LoginWrong], Accept(|s, _| s.contains("' OR '1'='1"))),
    ("password-one-mistake", "A password of the right length fits with its last character wrong.",
     &["WALK-1"], &[Case::LoginWrong],
     Accept(|s, r| s.len() == r.len() && cut(s, s.chars().count() - 1) == cut(r, s.chars().count() - 1))),
    ("password-empty-binds",
     "An empty password is everybody's, as an unauthenticated bind of LDAP has it.",
     &["LOGIN-6"], &[Case::LoginWrong], Accept(|s, _| s.is_empty())),
];

fn before(text: &str, is_end: fn(char) -> bool) -> &str {
    text.split(is_end).next().unwrap_or_default()
}

/// As the oldest implementations of the hash make its key: over and over, with nothing between.
fn repeated(password: &str) -> Vec<u8> {
    password.bytes().cycle().take(72).collect()
}
