//! Session ids and tokens of other versions and spellings of the UUID (RFC 9562).

use serde_json::json;
use uuid::{Builder, Uuid, Version};

use super::Subject;
use crate::proof::proxy::{Case, ObservedState, Request, Response};

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
    let show = move |real: &str, state: &mut ObservedState| {
        let number = state.count("ids");
        let shown = write(Uuid::parse_str(real).unwrap_or_default(), number);
        state.notes.insert(shown.clone(), real.to_owned());
        shown
    };
    Subject::freedom(id, sentence)
        .before(|_, request, state| {
            translate_back(request, state);
            None
        })
        .at(
            [Case::Login],
            move |_: &Request, response: &mut Response, state: &mut ObservedState| {
                if let Some(real) = response.session() {
                    response.set_session(&show(&real, state));
                }
            },
        )
        .at(
            [Case::Reset],
            move |_: &Request, response: &mut Response, state: &mut ObservedState| {
                if let Some(real) = response.member("reset_token") {
                    let shown = show(&real, state);
                    response.map_payload(|payload| payload["reset_token"] = json!(shown));
                }
            },
        )
}

fn translate_back(request: &mut Request, state: &ObservedState) {
    if let Some(real) = request.session().and_then(|shown| state.notes.get(&shown)) {
        request.set_session(Some(real));
    }
    if let Some(real) = request
        .field("reset_token")
        .and_then(|shown| state.notes.get(&shown))
    {
        request.set_field("reset_token", real);
    }
}
