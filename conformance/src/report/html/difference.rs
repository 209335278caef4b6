//! Expected beside actual, with what differs marked.

use similar::{ChangeTag, TextDiff};

use crate::http::{Mismatch, visible::visible};

/// Below this likeness (0 to 1) two texts are shown unmarked: they have nothing in common, or
/// the expectation is a description such as `400 to 499`.
const ALIKE: f32 = 0.5;

/// Longer texts are shown unmarked: their comparison would take long and help nobody.
const LONGEST: usize = 8_000;

/// Two texts that should have been one.
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) expected: Vec<Segment>,
    pub(super) actual: Vec<Segment>,
}

/// A piece of one of them.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Segment {
    pub(super) text: String,
    /// Whether the other one lacks it.
    pub(super) differs: bool,
}

impl Segment {
    /// Text that is marked nowhere.
    pub(super) fn same(text: String) -> Self {
        Self {
            text,
            differs: false,
        }
    }
}

impl Difference {
    pub(super) fn of(mismatch: &Mismatch) -> Self {
        Self::between(
            &mismatch.what,
            &visible(&mismatch.expected),
            &visible(&mismatch.actual),
        )
    }

    /// The difference between two texts that are safe to show.
    pub(super) fn between(what: &str, expected: &str, actual: &str) -> Self {
        let (expected, actual) = marked(expected, actual).unwrap_or_else(|| {
            let plain = |text: &str| vec![Segment::same(text.to_owned())];
            (plain(expected), plain(actual))
        });
        Self {
            what: visible(what).into_owned(),
            expected,
            actual,
        }
    }
}

fn marked(expected: &str, actual: &str) -> Option<(Vec<Segment>, Vec<Segment>)> {
    if expected.len().max(actual.len()) > LONGEST {
        return None;
    }
    let (old, new) = (tokens(expected), tokens(actual));
    let diff = TextDiff::from_slices(&old, &new);
    if diff.ratio() < ALIKE {
        return None;
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for change in diff.iter_all_changes() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Equal => {
                push(&mut left, text, false);
                push(&mut right, text, false);
            }
            ChangeTag::Delete => push(&mut left, text, true),
            ChangeTag::Insert => push(&mut right, text, true),
        }
    }
    Some((left, right))
}

/// Words, and what stands between them character by character.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let (token, after) = rest.split_at(word.max(first.len_utf8()));
        tokens.push(token);
        rest = after;
    }
    tokens
}

fn push(segments: &mut Vec<Segment>, text: &str, differs: bool) {
    match segments.last_mut() {
        Some(last) if last.differs == differs => last.text.push_str(text),
        _ => segments.push(Segment {
            text: text.to_owned(),
            differs,
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(segments: &[Segment]) -> String {
        let pieces: Vec<String> = segments
            .iter()
            .map(|segment| {
                let (open, close) = if segment.differs {
                    ("[", "]")
                } else {
                    ("", "")
                };
                format!("{open}{}{close}", segment.text)
            })
            .collect();
        pieces.concat()
    }

    #[test]
    fn what_differs_is_marked_on_both_sides() {
        let difference = Difference::between(
            "body",
            "{\"email\": \"a@b.c\", \"message\": \"user created\"}",
            "{\"email\": \"a@b.c\", \"message\": \"User created\"}",
        );
        assert_eq!(
            shown(&difference.actual),
            "{\"email\": \"a@b.c\", \"message\": \"[User] created\"}"
        );
        assert!(shown(&difference.expected).contains("\"[user] created"));
    }

    #[test]
    fn texts_with_nothing_in_common_are_not_marked() {
        let difference = Difference::between("status", "400 to 499", "500");
        assert_eq!(difference.actual, [Segment::same("500".to_owned())]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(one in "[a-c {}\":]{0,30}", two in "[a-c {}\":]{0,30}") {
            let difference = Difference::between("", &one, &two);
            let text = |segments: &[Segment]| -> String {
                segments.iter().map(|segment| segment.text.as_str()).collect()
            };
            prop_assert_eq!(text(&difference.expected), one);
            prop_assert_eq!(text(&difference.actual), two);
        }
    }
}
