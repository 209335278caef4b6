//! What careless code makes of two texts so that they become the same.

/// Letters that are taken for each other: composed, decomposed, bare.
const LETTERS: [(&str, &str, &str); 8] = [
    ("É", "E\u{301}", "E"),
    ("é", "e\u{301}", "e"),
    ("ë", "e\u{308}", "e"),
    ("ö", "o\u{308}", "o"),
    ("á", "a\u{301}", "a"),
    ("ğ", "g\u{306}", "g"),
    ("ñ", "n\u{303}", "n"),
    ("ﬁ", "ﬁ", "fi"),
];

/// The letters without their accents.
pub(super) fn bare(text: &str) -> String {
    LETTERS
        .iter()
        .fold(text.to_owned(), |text, (composed, apart, bare)| {
            text.replace(composed, bare).replace(apart, bare)
        })
}

/// Compatibility normalization, as far as the letters above and full width go.
pub(super) fn compatible(text: &str) -> String {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let text: String = text.chars().map(narrow).collect();
    LETTERS
        .iter()
        .fold(text, |text, (composed, apart, _)| {
            text.replace(composed, apart)
        })
        .replace('ﬁ', "fi")
}

/// With a question mark for each character outside Latin-1.
pub(super) fn latin_1(text: &str) -> String {
    text.chars()
        .map(|c| if u32::from(c) > 0xff { '?' } else { c })
        .collect()
}

/// The case of each letter turned.
pub(super) fn swapped(text: &str) -> String {
    let swap = |c: char| {
        if c.is_ascii_lowercase() {
            c.to_ascii_uppercase()
        } else {
            c.to_ascii_lowercase()
        }
    };
    text.chars().map(swap).collect()
}

/// Without what stands between angle brackets.
pub(super) fn without_markup(text: &str) -> String {
    let mut inside = false;
    let mut plain = String::new();
    for c in text.chars() {
        inside |= c == '<';
        if !inside {
            plain.push(c);
        }
        inside &= c != '>';
    }
    plain
}

/// Whether `text` fits `pattern` as SQL's LIKE has it: % is any text, _ any character.
pub(super) fn like(pattern: &str, text: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => text.is_empty(),
        Some('%') => {
            let tails = text.char_indices().map(|(at, _)| &text[at..]).chain([""]);
            tails.into_iter().any(|tail| like(rest.as_str(), tail))
        }
        Some(sign) => {
            let mut letters = text.chars();
            let fits = |letter: char| sign == '_' || sign == letter;
            letters.next().is_some_and(fits) && like(rest.as_str(), letters.as_str())
        }
    }
}
