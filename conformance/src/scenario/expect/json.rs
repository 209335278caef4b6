//! A JSON payload: exactly the documented members and values, in whatever spelling.

use serde_json::Value;

use super::{answered, shown};
use crate::{
    http::{Exchange, Mismatch, Response},
    model::A_UUID,
};

/// What is wrong with the media type and the payload of an answer. In `expected` the value
/// [`A_UUID`] stands for the string form of a UUID of any version, in either case.
pub fn json(exchange: &Exchange, expected: &Value) -> Vec<Mismatch> {
    let response = match answered(exchange, &expected.to_string()) {
        Ok(response) => response,
        Err(missing) => return vec![missing],
    };
    let mut mismatches = media_type(response);
    let actual = match parsed(response) {
        Ok(Value::Object(actual)) => actual,
        other => {
            let why = other.err().map(|why| format!(" ({why})"));
            let found = body_shown(response) + &why.unwrap_or_default();
            mismatches.push(Mismatch::new("body", expected.to_string(), found));
            return mismatches;
        }
    };
    let Value::Object(expected) = expected else {
        return mismatches;
    };
    for (name, value) in expected {
        let found = match actual.get(name) {
            Some(found) if matches(value, found) => continue,
            Some(found) => shown(&found.to_string()),
            None => format!("missing; the body is {}", body_shown(response)),
        };
        let what = format!("member \"{name}\"");
        mismatches.push(Mismatch::new(what, wanted(value), found));
    }
    for (name, found) in &actual {
        if !expected.contains_key(name) {
            let what = format!("member \"{}\"", shown(name));
            let found = shown(&found.to_string());
            mismatches.push(Mismatch::new(what, "no such member", found));
        }
    }
    mismatches
}

/// The string in a member of a JSON object, whatever else is there.
pub fn json_member(response: &Response, name: &str) -> Option<String> {
    match parsed(response).ok()?.get(name)? {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// The reset token that an answer gives, if it does.
pub fn given_token(exchange: &Exchange) -> Option<String> {
    let token = json_member(exchange.answer.as_ref().ok()?, "reset_token");
    token.filter(|token| !token.is_empty())
}

/// Whether an answer's body names `text`, be it as a JSON value or in plain words.
pub fn mentions(response: &Response, text: &str) -> bool {
    fn inside(value: &Value, text: &str) -> bool {
        match value {
            Value::String(string) => string == text,
            Value::Array(values) => values.iter().any(|value| inside(value, text)),
            Value::Object(members) => members.values().any(|value| inside(value, text)),
            _ => false,
        }
    }
    match parsed(response) {
        Ok(value) => inside(&value, text),
        Err(_) => response.text().contains(text),
    }
}

/// What is wrong where an answer's body does not name `text`. A missing answer is for the status
/// to tell.
pub fn naming(
    exchange: &Exchange,
    text: &str,
    what: &str,
    expected: impl Into<String>,
) -> Vec<Mismatch> {
    match &exchange.answer {
        Ok(response) if !mentions(response, text) => {
            vec![Mismatch::new(what, expected, shown(&response.text()))]
        }
        _ => Vec::new(),
    }
}

fn parsed(response: &Response) -> Result<Value, String> {
    if let Some(problem) = &response.body_problem {
        return Err(problem.clone());
    }
    // RFC 8259 lets a reader ignore a byte order mark.
    let body = response
        .body
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&response.body);
    serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))
}

fn matches(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::String(wanted), Value::String(found)) if wanted == A_UUID => is_uuid(found),
        _ => expected == actual,
    }
}

/// The usual form, `8-4-4-4-12` hexadecimal digits: RFC 9562, section 4.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

fn wanted(value: &Value) -> String {
    match value {
        Value::String(text) if text == A_UUID => "a UUID".to_owned(),
        other => other.to_string(),
    }
}

fn media_type(response: &Response) -> Vec<Mismatch> {
    let wanted = "application/json";
    let found = response.header("content-type").unwrap_or_default();
    let essence = found.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(wanted) {
        Vec::new()
    } else {
        let found = if found.is_empty() { "none" } else { found };
        vec![Mismatch::new("Content-Type", wanted, shown(found))]
    }
}

fn body_shown(response: &Response) -> String {
    if response.body.is_empty() {
        "empty".to_owned()
    } else {
        shown(response.text().trim())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::http::SentRequest;

    fn answer(content_type: &str, body: &[u8]) -> Exchange {
        Exchange {
            request: SentRequest {
                way: std::sync::Arc::default(),
                method: "GET".to_owned(),
                url: "http://h/".to_owned(),
                headers: Vec::new(),
                body: None,
            },
            answer: Ok(Response {
                version: "HTTP/1.1".to_owned(),
                status: 200,
                headers: vec![("content-type".to_owned(), content_type.to_owned())],
                body: body.to_vec(),
                body_problem: None,
            }),
            duration: Duration::ZERO,
            fixture: false,
            departure: None,
        }
    }

    fn differences(content_type: &str, body: &str) -> Vec<String> {
        let expected = json!({"email": "a@b", "reset_token": A_UUID});
        super::json(&answer(content_type, body.as_bytes()), &expected)
            .into_iter()
            .map(|m| format!("{}: {} / {}", m.what, m.expected, m.actual))
            .collect()
    }

    #[test]
    fn spelling_is_free() {
        let free = [
            r#"{"email":"a@b","reset_token":"6F9619FF-8B86-D011-B42D-00C04FC964FF"}"#,
            "\u{feff}{ \"reset_token\" : \"6f9619ff-8b86-4011-b42d-00c04fc964ff\",\n \"email\": \"a\\u0040b\" }\n",
        ];
        for body in free {
            assert_eq!(
                differences("Application/JSON; charset=utf-8", body),
                [""; 0]
            );
        }
    }

    #[test]
    fn everything_that_differs_is_told() {
        assert_eq!(
            differences("text/html", r#"{"Email":"a@b","reset_token":"{6f9619ff}"}"#),
            [
                "Content-Type: application/json / text/html",
                "member \"email\": \"a@b\" / missing; the body is {\"Email\":\"a@b\",\"reset_token\":\"{6f9619ff}\"}",
                "member \"reset_token\": a UUID / \"{6f9619ff}\"",
                "member \"Email\": no such member / \"a@b\"",
            ]
        );
    }

    #[test]
    fn deep_nesting_is_no_json_and_no_crash() {
        let body = "[".repeat(100_000);
        let found = differences("application/json", &body);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("no JSON"), "{found:?}");
    }

    proptest! {
        #[test]
        fn any_body_is_survived_and_only_the_payload_is_accepted(body: Vec<u8>) {
            let found = super::json(&answer("application/json", &body), &json!({"message": "Bienvenue"}));
            prop_assert!(!found.is_empty());
            for mismatch in found {
                prop_assert!(!mismatch.actual.chars().any(char::is_control));
            }
        }
    }
}
