//! Session ids and tokens of other versions and spellings of the UUID (RFC 9562).

use uuid::{Builder, Version};

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("uuid-capitals", "Session ids and tokens are written in capitals.",
     &[], ANY, ShowIds(|id, _| id.to_uppercase())),
    ("uuid-v1", "Session ids and tokens are UUIDs of version 1.",
     &[], ANY, ShowIds(|id, _| versioned(id, Version::Mac))),
    ("uuid-v5", "Session ids and tokens are UUIDs of version 5.",
     &[], ANY, ShowIds(|id, _| versioned(id, Version::Sha1))),
    ("uuid-v7", "Session ids and tokens are UUIDs of version 7, most of whose digits repeat.",
     &[], ANY, ShowIds(|_, number| {
         let mut rest = [0x5a; 10];
         rest[2..].copy_from_slice(&number.to_be_bytes());
         let id = Builder::from_unix_timestamp_millis(1_790_000_000_000 + number, &rest);
         id.into_uuid().to_string()
     })),
    ("uuid-v8", "Session ids and tokens are UUIDs of version 8.",
     &[], ANY, ShowIds(|id, _| versioned(id, Version::Custom))),
];

fn versioned(id: &str, version: Version) -> String {
    let id = Uuid::parse_str(id).unwrap_or_default();
    Builder::from_bytes(id.into_bytes())
        .with_version(version)
        .into_uuid()
        .to_string()
}
