//! Text from strangers, made safe to show: the one function that every text passes on its way to a
//! terminal, a log or a report.

use std::borrow::Cow;

/// The text with everything spelled out that a reader could not see or that could act on what
/// displays it: control characters (line breaks and tabs excepted), which drive terminals and
/// which XML forbids; the marks that turn the direction of text, behind which it reads
/// differently from what it is; code points that are no characters; and what a CI system would
/// take for a command in its log, `::…` at the beginning of a line and `##[…]`, `##vso[…]` and the
/// like anywhere.
///
/// ```
/// assert_eq!(authspec::http::visible::visible("a\u{1b}[31m"), "a\\u{1b}[31m");
/// assert_eq!(authspec::http::visible::visible(" ::error::x"), " \\u{3a}:error::x");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    spelled(text, |c, shown| shown.extend(c.escape_unicode()))
}

/// The same for a JSON document, which stays the same value: all of this can stand in its strings
/// only, where JSON has a spelling of its own.
pub fn in_json(text: &str) -> Cow<'_, str> {
    use std::fmt::Write as _;
    spelled(text, |c, shown| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // A string takes all text.
            let _ = write!(shown, "\\u{unit:04x}");
        }
    })
}

/// The text on one line and at most `longest` characters long, an ellipsis included.
pub fn one_line(text: &str, longest: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = visible(&words.join(" ")).into_owned();
    if line.chars().count() <= longest {
        return line;
    }
    let mut cut: String = line.chars().take(longest.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

fn spelled(text: &str, spell: impl Fn(char, &mut String)) -> Cow<'_, str> {
    // Most texts are short and harmless, and a run has some ten thousand.
    let harmless = |byte| matches!(byte, b'\t' | b'\n' | b' '..=b'"' | b'$'..=b'~');
    if text.bytes().all(harmless) && !text.contains("::") {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    let (mut begins, mut kept) = (true, 0);
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let acts = match c {
            ':' => begins && rest.starts_with("::"),
            '#' => is_command(rest),
            _ => is_hidden(c),
        };
        if acts {
            shown.push_str(&text[kept..at]);
            spell(c, &mut shown);
            kept = at + c.len_utf8();
        }
        begins = c == '\n' || begins && c.is_whitespace();
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[kept..]);
    Cow::Owned(shown)
}

/// Whether a text begins as a command of a CI system's log does: `##[error]`, `##vso[task.…]`.
fn is_command(text: &str) -> bool {
    text.strip_prefix("##").is_some_and(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .starts_with('[')
    })
}

fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{61c}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_text_is_left_alone() {
        let text = "héllo, Wörld: a::b # [x] ##\n\t{\"ключ\": 日本} 🙂";
        assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
    }

    #[test]
    fn what_hides_or_acts_is_spelled_out() {
        assert_eq!(visible("\u{1b}]0;x\u{7}"), "\\u{1b}]0;x\\u{7}");
        assert_eq!(visible("a\r\nb\0"), "a\\u{d}\nb\\u{0}");
        assert_eq!(
            visible("\u{202e}abc\u{fffe}\u{9b}"),
            "\\u{202e}abc\\u{fffe}\\u{9b}"
        );
    }

    #[test]
    fn no_command_of_a_ci_system_is_left_one() {
        assert_eq!(visible("a\n \t::error::b"), "a\n \t\\u{3a}:error::b");
        assert_eq!(visible("::::"), "\\u{3a}:::");
        assert_eq!(visible("a ##[error]b"), "a \\u{23}#[error]b");
        assert_eq!(visible("###vso[task.x]"), "#\\u{23}#vso[task.x]");
    }

    #[test]
    fn in_json_it_stays_the_same_value() {
        let value = serde_json::json!({"a\u{202e}": "##[error]\u{9b}\u{e0001}\u{1b}"});
        let text = value.to_string();
        let clean = in_json(&text);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&clean).unwrap(),
            value
        );
        assert_eq!(
            clean,
            "{\"a\\u202e\":\"\\u0023#[error]\\u009b\\udb40\\udc01\\u001b\"}"
        );
    }

    #[test]
    fn one_line_is_one_line_of_that_length() {
        assert_eq!(one_line("a\n  b\tc", 10), "a b c");
        assert_eq!(one_line("abcdef", 4), "abc…");
        assert_eq!(one_line("abcd", 4), "abcd");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in "([#:\\[\u{1b}\u{202e}\n a]|\\PC|\\pC){0,40}") {
            let shown = visible(&text);
            prop_assert!(!shown.chars().any(is_hidden));
            prop_assert!(!shown.lines().any(|line| line.trim_start().starts_with("::")));
            prop_assert!(!shown.contains("##["));
            prop_assert_eq!(&visible(&shown), &shown, "it is safe already");
            prop_assert!(one_line(&text, 20).chars().count() <= 20);
        }
    }
}
