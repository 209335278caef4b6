//! Near misses: values that resemble a right one and are wrong. One table for everything that is
//! compared, each value made from the right one.

use super::near_text::{
    accented, before_accent, cut, decomposed, full_width, plain_letters, questions, replaced,
    swapped, swapped_first, swapped_last, without_markup,
};

/// A value that must be refused, and how it differs from the right one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Neighbour {
    /// How it differs, for a story.
    pub what: &'static str,
    /// The value.
    pub value: String,
    /// The `sed` expression that makes it from the right value, where it depends on that.
    pub sed: Option<&'static str>,
}

/// What a careless comparison, query or conversion takes for any value at all. None has a
/// character that a cookie may not have (RFC 6265, section 4.1.1).
const ANYTHING: [(&str, &str); 14] = [
    ("a pattern for any text", "%"),
    ("a wildcard", "*"),
    ("a regular expression for any text", ".*"),
    ("what a careless query finds", "'OR'1'='1"),
    ("what a careless query finds, commented", "'OR/**/1=1--"),
    ("a word for nothing, None", "None"),
    ("a word for nothing, null", "null"),
    ("a word for nothing, undefined", "undefined"),
    ("zero", "0"),
    ("one", "1"),
    ("the word true", "true"),
    ("the word false", "false"),
    ("an empty list", "[]"),
    ("the nil UUID", "00000000-0000-0000-0000-000000000000"),
];

/// A neighbour of an id that no cookie may carry.
pub(super) const FOREIGN: &str = "a letter outside ASCII";

/// How the neighbours of an id differ that a cookie may carry, in the order of the table.
pub(super) fn of_ids() -> Vec<&'static str> {
    let all = ids("00000001-0000-4000-8000-000000000000").into_iter();
    all.map(|near| near.what)
        .filter(|what| *what != FOREIGN)
        .collect()
}

/// How the neighbours of an email differ, in the order of the table.
pub(super) fn of_emails() -> Vec<&'static str> {
    emails("ada.000000000001@example.com")
        .into_iter()
        .map(|near| near.what)
        .collect()
}

/// The neighbours of a session id or a reset token: what `id` is not.
pub(super) fn ids(id: &str) -> Vec<Neighbour> {
    let length = id.chars().count();
    let last = length.saturating_sub(1);
    #[rustfmt::skip] // A table reads best as one.
    let own = [
        ("another first character", replaced(id, 0), "s/^0/1/;t;s/^./0/"),
        ("another middle character", replaced(id, 20),
            r"s/^\(.\{20\}\)0/\11/;t;s/^\(.\{20\}\)./\10/"),
        ("another last character", replaced(id, last), "s/0$/1/;t;s/.$/0/"),
        ("its last character missing", cut(id, last), "s/.$//"),
        ("its first character missing", id.chars().skip(1).collect(), "s/^.//"),
        ("a character more", format!("{id}0"), "s/$/0/"),
        ("a letter more that is no digit", format!("{id}x"), "s/$/x/"),
        ("braces around it", format!("{{{id}}}"), "s/.*/{&}/"),
        ("the name of its kind before it", format!("urn:uuid:{id}"), "s/^/urn:uuid:/"),
        ("a character before it", format!("0{id}"), "s/^/0/"),
        ("itself ten times", id.repeat(10), "s/.*/&&&&&&&&&&/"),
        ("its first eight characters", cut(id, 8), r"s/^\(.\{8\}\).*/\1/"),
        ("its first 32 characters", cut(id, 32), r"s/^\(.\{32\}\).*/\1/"),
        ("a pattern of its beginning", format!("{}%", cut(id, 8)), r"s/^\(.\{8\}\).*/\1%/"),
        ("underscores of its length", "_".repeat(length), "s/./_/g"),
    ];
    let own = own.into_iter().map(|(what, value, sed)| Neighbour {
        what,
        value,
        sed: Some(sed),
    });
    let foreign = Neighbour {
        what: FOREIGN,
        value: format!("{}é", cut(id, last)),
        sed: Some("s/.$/é/"),
    };
    let anything = ANYTHING.map(|(what, value)| fixed((what, value.to_owned())));
    finish(id, own.into_iter().chain(anything).chain([foreign]))
}

/// The neighbours of an email that nobody has registered; all have the usual shape of one.
pub(super) fn emails(email: &str) -> Vec<Neighbour> {
    let (local, domain) = email.split_once('@').unwrap_or((email, "example.com"));
    let last = local.chars().count().saturating_sub(1);
    let after = |count| local.chars().skip(count).collect::<String>();
    #[rustfmt::skip] // A table reads best as one.
    let own = [
        ("another first character", format!("{}@{domain}", replaced(local, 0))),
        ("another last character of its name", format!("{}@{domain}", replaced(local, last))),
        ("a character less", format!("{}@{domain}", cut(local, last))),
        ("a character more", format!("{local}0@{domain}")),
        ("a domain cut short", cut(email, email.chars().count() - 1)),
        ("a longer domain", format!("{email}.br")),
        ("a tag after a plus sign", format!("{local}+tag@{domain}")),
        ("a dot more", format!("{}.{}@{domain}", cut(local, 2), after(2))),
        ("a pattern for any text", format!("%@{domain}")),
        ("a pattern of its beginning", format!("{}%@{domain}", cut(local, 4))),
        ("an underscore for a letter", format!("_{}@{domain}", after(1))),
        ("a wildcard", format!("*@{domain}")),
        ("what a careless query finds", format!("x'or'1'='1'or'@{domain}")),
        ("an accent on its first letter", format!("{}@{domain}", accented(local))),
        ("a letter of full width", format!("{}@{domain}", full_width(local))),
    ];
    finish(email, own.into_iter().map(fixed))
}

/// The neighbours of a password.
pub(super) fn passwords(password: &str) -> Vec<Neighbour> {
    let last = password.chars().count().saturating_sub(1);
    #[rustfmt::skip] // A table reads best as one.
    let own = [
        ("another last character", replaced(password, last)),
        ("another first character", replaced(password, 0)),
        ("its last character missing", cut(password, last)),
        ("its first character missing", password.chars().skip(1).collect()),
        ("the other case", swapped(password)),
        ("the case of one letter", swapped_last(password)),
        ("the case of its first letter", swapped_first(password)),
        ("its letters without accents", plain_letters(password)),
        ("its letters composed otherwise", decomposed(password)),
        ("its percent signs decoded", password.replace("%41", "A")),
        ("its entities decoded", password.replace("&amp;", "&")),
        ("its backslashes taken out", password.replace('\\', "")),
        ("another character before a letter outside ASCII", before_accent(password)),
        ("its plus signs as blanks", password.replace('+', " ")),
        ("another sign outside ASCII", password.replace('🔑', "🔒")),
        ("its signs outside ASCII as question marks", questions(password)),
        ("its markup taken out", without_markup(password)),
        ("what stands before a semicolon", password.split(';').take(1).collect()),
        ("itself twice", password.repeat(2)),
        ("its number", password.trim_start_matches('0').to_owned()),
        ("a pattern for any text", "%".to_owned()),
        ("what a careless query finds", "' OR '1'='1".to_owned()),
    ];
    finish(password, own.into_iter().map(fixed))
}

fn fixed((what, value): (&'static str, String)) -> Neighbour {
    Neighbour {
        what,
        value,
        sed: None,
    }
}

/// Without what is the right value after all, what is empty, and what comes twice.
fn finish(right: &str, all: impl Iterator<Item = Neighbour>) -> Vec<Neighbour> {
    let mut found: Vec<Neighbour> = Vec::new();
    for near in all {
        let known = found.iter().any(|known| known.value == near.value);
        if near.value != right && !near.value.is_empty() && !known {
            found.push(near);
        }
    }
    found
}
