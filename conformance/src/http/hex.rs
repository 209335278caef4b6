//! Bytes as lower-case hexadecimal digits.

use std::fmt::Write as _;

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
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
