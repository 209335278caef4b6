//! Text from a target, made safe to show.

use std::borrow::Cow;

/// The text with everything spelled out that a reader could not see or that could act on what
/// displays it: control characters (line breaks and tabs excepted), which drive terminals and
/// which XML forbids; the marks that turn the direction of text, behind which it reads
/// differently from what it is; and code points that are no characters.
///
/// ```
/// assert_eq!(authspec::visible::visible("a\u{1b}[31m"), "a\\u{1b}[31m");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
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
        let text = "héllo, Wörld\n\t{\"ключ\": 日本} 🙂";
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
    fn one_line_is_one_line_of_that_length() {
        assert_eq!(one_line("a\n  b\tc", 10), "a b c");
        assert_eq!(one_line("abcdef", 4), "abc…");
        assert_eq!(one_line("abcd", 4), "abcd");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in any::<String>()) {
            prop_assert!(!visible(&text).chars().any(is_hidden));
            prop_assert!(one_line(&text, 20).chars().count() <= 20);
        }
    }
}
