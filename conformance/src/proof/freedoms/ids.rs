//! Session ids and tokens of other versions and spellings of the UUID (RFC 9562).

use serde_json::json;
use uuid::{Builder, Uuid, Version};

use super::Subject;
use crate::proof::proxy::{Answer, Ask, Case, Shadow};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    vec![
        written(
            "uuid-capitals",
            "Session ids and tokens are written in capitals.",
            |id, _| id.to_string().to_uppercase(),
        ),
        written(
            "uuid-v1",
            "Session ids and tokens are UUIDs of version 1.",
            |id, _| versioned(id, Version::Mac),
        ),
        written(
            "uuid-v5",
            "Session ids and tokens are UUIDs of version 5.",
            |id, _| versioned(id, Version::Sha1),
        ),
        written(
            "uuid-v7",
            "Session ids and tokens are UUIDs of version 7, most of whose digits repeat.",
            |_, number| {
                let counter = number.to_be_bytes();
                let mut rest = [0x5a; 10];
                rest[2..].copy_from_slice(&counter);
                Builder::from_unix_timestamp_millis(1_790_000_000_000 + number, &rest)
                    .into_uuid()
                    .to_string()
            },
        ),
        written(
            "uuid-v8",
            "Session ids and tokens are UUIDs of version 8.",
            |id, _| versioned(id, Version::Custom),
        ),
    ]
}

fn versioned(id: Uuid, version: Version) -> String {
    Builder::from_bytes(id.into_bytes())
        .with_version(version)
        .into_uuid()
        .to_string()
}

/// A server whose ids look as `write` makes them from the target's own and a running number.
fn written(id: &'static str, sentence: &'static str, write: fn(Uuid, u64) -> String) -> Subject {
    let show = move |real: &str, shadow: &mut Shadow| {
        let number = shadow.count("ids");
        let shown = write(Uuid::parse_str(real).unwrap_or_default(), number);
        shadow.notes.insert(shown.clone(), real.to_owned());
        shown
    };
    Subject::freedom(id, sentence)
        .before(|_, ask, shadow| {
            translate_back(ask, shadow);
            None
        })
        .at(
            [Case::Login],
            move |_: &Ask, answer: &mut Answer, shadow: &mut Shadow| {
                if let Some(real) = answer.session() {
                    answer.set_session(&show(&real, shadow));
                }
            },
        )
        .at(
            [Case::Reset],
            move |_: &Ask, answer: &mut Answer, shadow: &mut Shadow| {
                if let Some(real) = answer.member("reset_token") {
                    let shown = show(&real, shadow);
                    answer.map_payload(|payload| payload["reset_token"] = json!(shown));
                }
            },
        )
}

fn translate_back(ask: &mut Ask, shadow: &Shadow) {
    if let Some(real) = ask.session().and_then(|shown| shadow.notes.get(&shown)) {
        ask.set_session(Some(real));
    }
    if let Some(real) = ask
        .field("reset_token")
        .and_then(|shown| shadow.notes.get(&shown))
    {
        ask.set_field("reset_token", real);
    }
}
