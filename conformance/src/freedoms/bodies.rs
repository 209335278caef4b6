//! The same JSON in other spellings (RFC 8259), under other spellings of its media type.

use std::fmt::Write as _;

use hyper::header;
use serde_json::{Map, Value};

use super::Subject;
use crate::proxy::{Answer, Ask, Case, Shadow};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    vec![
        Subject::freedom("json-spaced", "Payloads are indented over several lines.")
            .after(respelled(|payload| format!("{payload:#}"))),
        Subject::freedom(
            "json-wide",
            "Payloads have blanks, tabs and line ends wherever JSON allows them.",
        )
        .after(respelled(|payload| wide(&payload))),
        Subject::freedom(
            "json-newline",
            "Payloads end in a line end, as Flask writes them.",
        )
        .after(respelled(|payload| format!("{payload}\n"))),
        Subject::freedom(
            "json-reversed",
            "The members of a payload come in the other order.",
        )
        .after(respelled(|payload| reversed(payload).to_string())),
        Subject::freedom(
            "json-escaped",
            "Every letter in a payload that may be escaped is, and slashes and signs too.",
        )
        .after(respelled(|payload| escaped(&payload))),
        Subject::freedom(
            "media-type-charset",
            "The media type of a payload carries a charset.",
        )
        .after(media_type("application/json; charset=utf-8")),
        Subject::freedom(
            "media-type-capitals",
            "The media type is written in capitals, with a quoted charset.",
        )
        .after(media_type("APPLICATION/JSON;Charset=\"UTF-8\"")),
        Subject::freedom(
            "media-type-parameters",
            "The media type carries parameters that nobody knows.",
        )
        .after(media_type("application/json ; version=1 ; profile=\"a;b\"")),
    ]
}

fn respelled(
    write: fn(Value) -> String,
) -> impl Fn(Case, &Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, _, answer, _| {
        if let Some(payload) = answer.payload() {
            answer.body = write(payload).into();
        }
    }
}

fn media_type(
    value: &'static str,
) -> impl Fn(Case, &Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |_, _, answer, _| {
        if answer.payload().is_some() {
            answer.set(header::CONTENT_TYPE, value);
        }
    }
}

fn reversed(payload: Value) -> Value {
    match payload {
        Value::Object(members) => {
            Value::Object(members.into_iter().rev().collect::<Map<String, Value>>())
        }
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
