//! Bodies that are compressed although nobody asked (RFC 9110, section 12.5.3, lets a server do
//! so where a request names no preference).

use flate2::{
    Compression,
    bufread::{DeflateEncoder, GzEncoder, ZlibEncoder},
};
use std::io::Read;

use crate::proof::subject::prelude::*;

const FAST: Compression = Compression::fast();

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("encoding-gzip", "Every body is compressed with gzip.",
     &[], ANY, Encoding("gzip", |body| all(GzEncoder::new(body, FAST)))),
    ("encoding-deflate", "Every body is compressed with deflate.",
     &[], ANY, Encoding("deflate", |body| all(ZlibEncoder::new(body, FAST)))),
    ("encoding-deflate-raw",
     "Every body is compressed with deflate and lacks its zlib frame, as some servers have it.",
     &[], ANY, Encoding("deflate", |body| all(DeflateEncoder::new(body, FAST)))),
    ("encoding-br", "Every body is encoded with Brotli.", &[], ANY, Encoding("br", brotli)),
    ("encoding-identity", "Every body says that it is not encoded.",
     &[], ANY, Encoding("identity", <[u8]>::to_vec)),
];

/// All of what is encoded. Reading from memory cannot fail, and an encoding that came out empty would
/// not go unnoticed.
fn all(mut encoded: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    encoded.read_to_end(&mut bytes).ok();
    bytes
}

/// Brotli's stored form (RFC 7932, section 9): what it contains is not compressed at all, which
/// needs no compressor and is as legal as any other.
fn brotli(body: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (number, piece) in body.chunks(1 << 16).enumerate() {
        // Not the last, four nibbles of length, the length less one, not compressed; in the very
        // first byte these stand behind one bit for the size of the window.
        let length = u32::try_from(piece.len() - 1).unwrap_or_default();
        let head = (length << 3) | (1 << 19);
        let head = if number == 0 { head << 1 } else { head };
        stream.extend_from_slice(&head.to_le_bytes()[..3]);
        stream.extend_from_slice(piece);
    }
    // The last block is empty.
    stream.push(if body.is_empty() { 0b110 } else { 0b11 });
    stream
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::brotli;

    #[test]
    fn stored_brotli_decodes_to_what_went_in() {
        for length in [0, 1, 100, 65_536, 65_537, 200_000] {
            let body: Vec<u8> = (0..length).map(|at: u32| at.to_le_bytes()[0]).collect();
            let mut decoded = Vec::new();
            brotli_decompressor::Decompressor::new(&*brotli(&body), 4096)
                .read_to_end(&mut decoded)
                .unwrap();
            assert_eq!(decoded, body, "{length} bytes");
        }
    }
}
