//! The same JSON in other spellings (RFC 8259), under other spellings of its media type.

use std::fmt::Write as _;

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("json-spaced", "Payloads are indented over several lines.",
     &[], ANY, Text(|payload| format!("{payload:#}"))),
    ("json-wide", "Payloads have blanks, tabs and line ends wherever JSON allows them.",
     &[], ANY, Text(|payload| wide(&payload))),
    ("json-newline", "Payloads end in a line end, as Flask writes them.",
     &[], ANY, Text(|payload| format!("{payload}\n"))),
    ("json-reversed", "The members of a payload come in the other order.",
     &[], ANY, Text(|payload| reversed(payload).to_string())),
    ("json-escaped", "Every letter in a payload that may be escaped is, and slashes and signs too.",
     &[], ANY, Text(|payload| escaped(&payload))),
    ("media-type-charset", "The media type of a payload carries a charset.",
     &[], ANY, PayloadType("application/json; charset=utf-8")),
    ("media-type-capitals", "The media type is written in capitals, with a quoted charset.",
     &[], ANY, PayloadType("APPLICATION/JSON;Charset=\"UTF-8\"")),
    ("media-type-parameters", "The media type carries parameters that nobody knows.",
     &[], ANY, PayloadType("application/json ; version=1 ; profile=\"a;b\"")),
];

fn reversed(payload: Value) -> Value {
    match payload {
        Value::Object(members) => Value::Object(members.into_iter().rev().collect()),
        other => other,
    }
}

fn wide(payload: &Value) -> String {
    let Some(members) = payload.as_object() else {
        return format!(" \t{payload}\r\n");
    };
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\r\n\t{}  :\n {value} ", Value::from(name.as_str())))
        .collect();
    format!("\n {{ {} \t}}\r\n ", members.join(","))
}

fn escaped(payload: &Value) -> String {
    let Some(members) = payload.as_object() else {
        return payload.to_string();
    };
    let escape = |text: &str| {
        text.encode_utf16()
            .fold(String::new(), |mut escaped, unit| {
                // Writing to a string cannot fail.
                write!(escaped, "\\u{unit:04X}").ok();
                escaped
            })
    };
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| match value.as_str() {
            Some(text) => format!("\"{}\":\"{}\"", escape(name), escape(text)),
            None => format!("\"{}\":{value}", escape(name)),
        })
        .collect();
    format!("{{{}}}", members.join(","))
}
