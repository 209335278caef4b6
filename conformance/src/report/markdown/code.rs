//! Text that is to stay text in Markdown.

use crate::http::visible::{one_line, visible};

/// A code span. The fence is longer than any run of backticks inside, which is all that can end
/// one (`CommonMark` 0.31, 6.1).
pub(super) fn span(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    // A space at both ends belongs to the fence, and only backticks at an end need one.
    let pad = if text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A code block. The fence is longer than any run of backticks inside (`CommonMark` 0.31, 4.5).
pub(super) fn block(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", text.trim_end_matches('\n'))
}

/// Words that are no markup, on one line: all ASCII punctuation may be escaped (`CommonMark` 0.31,
/// 2.4), and an entity keeps an `@` from calling somebody.
pub(super) fn words(text: &str) -> String {
    const LONGEST: usize = 400;
    let mut escaped = String::new();
    for c in one_line(text, LONGEST).chars() {
        match c {
            '@' => escaped.push_str("&#64;"),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '>' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Text inside an HTML element, on one line.
pub(super) fn html(text: &str) -> String {
    const LONGEST: usize = 400;
    one_line(text, LONGEST)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('@', "&#64;")
}

fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!(span("a`b"), "``a`b``");
        assert_eq!(span("`b"), "`` `b ``");
        assert_eq!(block("```\nx"), "````text\n```\nx\n````\n");
    }

    #[test]
    fn words_neither_call_anybody_nor_refer_to_anything() {
        assert_eq!(
            words("@all see #1 <b>|*x*"),
            "&#64;all see \\#1 &lt;b\\>\\|\\*x\\*"
        );
        assert_eq!(html("<b>@a&"), "&lt;b&gt;&#64;a&amp;");
    }

    proptest! {
        #[test]
        fn nothing_ends_a_block_but_its_fence(text in "[`~\n a-c]{0,40}") {
            let block = block(&text);
            let fence: String = block.chars().take_while(|c| *c == '`').collect();
            let ends = block.lines().skip(1).filter(|line| line.contains(&fence)).count();
            prop_assert_eq!(ends, 1);
        }
    }
}
