//! What the user handed over must not come back: a target may echo a request's headers in an
//! answer or print them, and answers and prints go into reports.

use crate::{http::REDACTED, report::texts, run::Run};

/// Shorter values are no secrets, and taking them out would garble what has nothing to do with
/// them.
const SHORTEST: usize = 4;

/// Shorter words of a value, such as `Bearer`, are left alone where they stand by themselves.
const SHORTEST_WORD: usize = 8;

/// Replaces each of the values, and each long word of one, by [`REDACTED`] in everything that
/// the record has from the target. Values that the target changed, encoded or hashed are beyond
/// it.
pub fn redact(run: &mut Run, values: &[String]) {
    let mut secrets: Vec<&str> = values
        .iter()
        .map(|value| value.trim())
        .filter(|value| value.len() >= SHORTEST)
        .collect();
    let words = values.iter().flat_map(|value| value.split_whitespace());
    secrets.extend(words.filter(|word| word.len() >= SHORTEST_WORD));
    // The longest first, so that a part does not leave the rest of a whole behind.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets.dedup();
    let text = |text: &mut String| {
        for secret in &secrets {
            if text.contains(secret) {
                *text = text.replace(secret, REDACTED);
            }
        }
    };
    texts::change(run, &text, &|body: &mut Vec<u8>| {
        for secret in &secrets {
            if let Some(clean) = without(body, secret.as_bytes()) {
                *body = clean;
            }
        }
    });
}

/// The bytes with every occurrence of `secret` replaced; `None` where there is none.
fn without(bytes: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::new();
    let mut rest = bytes;
    let find = |rest: &[u8]| rest.windows(secret.len()).position(|part| part == secret);
    while let Some(at) = find(rest) {
        clean.extend_from_slice(&rest[..at]);
        clean.extend_from_slice(REDACTED.as_bytes());
        rest = &rest[at + secret.len()..];
    }
    let found = rest.len() < bytes.len();
    clean.extend_from_slice(rest);
    found.then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_goes_and_other_bytes_stay() {
        assert_eq!(
            without(b"\xffkeykey-key", b"key").unwrap(),
            b"\xff(redacted)(redacted)-(redacted)"
        );
        assert_eq!(without(b"kekey", b"keys"), None);
        assert_eq!(without(b"", b"key"), None);
    }
}
