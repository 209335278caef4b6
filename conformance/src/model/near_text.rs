//! Texts that careless code takes for each other: letters swapped, cut, composed otherwise.

pub(super) fn cut(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

/// The text with another character at `at`.
pub(crate) fn replaced(text: &str, at: usize) -> String {
    let other = |c: char| if c == '0' { '1' } else { '0' };
    text.chars()
        .enumerate()
        .map(|(index, c)| if index == at { other(c) } else { c })
        .collect()
}

fn swap(c: char) -> char {
    if c.is_ascii_lowercase() {
        c.to_ascii_uppercase()
    } else {
        c.to_ascii_lowercase()
    }
}

/// The text in the other case.
pub(crate) fn swapped(text: &str) -> String {
    text.chars().map(swap).collect()
}

pub(super) fn swapped_first(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(swap);
    first.into_iter().chain(rest).collect()
}

pub(super) fn swapped_last(text: &str) -> String {
    let last = text.chars().filter(char::is_ascii_alphabetic).count();
    let mut seen = 0;
    text.chars()
        .map(|c| {
            seen += usize::from(c.is_ascii_alphabetic());
            if c.is_ascii_alphabetic() && seen == last {
                swap(c)
            } else {
                c
            }
        })
        .collect()
}

/// Letters that careless code takes for each other: composed, decomposed, and bare.
const LETTERS: [(&str, &str, &str); 4] = [
    ("É", "E\u{301}", "E"),
    ("é", "e\u{301}", "e"),
    ("ñ", "n\u{303}", "n"),
    ("ﬁ", "ﬁ", "fi"),
];

pub(super) fn plain_letters(text: &str) -> String {
    LETTERS
        .iter()
        .fold(text.to_owned(), |text, (composed, _, bare)| {
            text.replace(composed, bare)
        })
}

pub(super) fn decomposed(text: &str) -> String {
    LETTERS
        .iter()
        .fold(text.to_owned(), |text, (composed, apart, _)| {
            text.replace(composed, apart)
        })
}

/// As Latin-1 with replacements has it.
pub(super) fn questions(text: &str) -> String {
    text.chars()
        .map(|c| if u32::from(c) > 0xff { '?' } else { c })
        .collect()
}

/// With another character before the last letter outside ASCII that has one of ASCII before it.
pub(super) fn before_accent(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let at = (1..all.len())
        .rev()
        .find(|at| !all[*at].is_ascii() && all[at - 1].is_ascii());
    at.map_or_else(|| text.to_owned(), |at| replaced(text, at - 1))
}

pub(super) fn without_markup(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .filter(|c| {
            let was_inside = inside;
            inside = (*c == '<' || inside) && *c != '>';
            !was_inside && !inside
        })
        .collect()
}

pub(super) fn accented(text: &str) -> String {
    let mut rest = text.chars();
    let first = match rest.next() {
        Some('a') => 'á',
        Some('e') => 'é',
        Some('g') => 'ğ',
        Some(_) => 'ñ',
        None => return String::new(),
    };
    first.to_string() + rest.as_str()
}

/// The first letter as its twin of full width, which compatibility normalization makes the same.
pub(super) fn full_width(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|c| {
        let twin = u32::from(c)
            .checked_sub(0x20)
            .and_then(|code| char::from_u32(code + 0xff00));
        if c.is_ascii_graphic() {
            twin.unwrap_or(c)
        } else {
            c
        }
    });
    first.into_iter().chain(rest).collect()
}
