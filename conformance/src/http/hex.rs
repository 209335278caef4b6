//! Bytes as lower-case hexadecimal digits.

use sha2::{Digest, Sha256};

/// The first `count` digits of what a text hashes to: data that look random and are the same each
/// time.
pub(crate) fn digits_of(text: &str, count: usize) -> String {
    let mut digits = hex(&Sha256::digest(text));
    digits.truncate(count);
    digits
}

/// Two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.collect()
}
