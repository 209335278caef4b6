//! Bodies that are almost the documented JSON: wrapped, quoted twice, or no JSON at all; and JSON
//! that does not say that it is JSON.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("payloads-in-data", "Every payload is wrapped in a member called 'data'.",
     ABOUT_READABLE_PAYLOADS, &SUCCESSES, Payload(|payload| json!({ "data": payload }))),
    ("payloads-with-status", "Every payload has a member 'status' as well.",
     ABOUT_PAYLOADS, &SUCCESSES, Payload(|mut payload| {
         payload["status"] = json!("success");
         payload
     })),
    ("payloads-in-list", "Every payload is a list of the payload and the status.",
     ABOUT_READABLE_PAYLOADS, &SUCCESSES, Payload(|payload| json!([payload, 200]))),
    ("payloads-encoded-twice", "Every payload is a JSON string that holds the JSON.",
     ABOUT_READABLE_PAYLOADS, &SUCCESSES, Payload(|payload| json!(payload.to_string()))),
    ("payloads-in-single-quotes",
     "Every payload is printed with single quotes, as Python prints a dict.",
     ABOUT_READABLE_PAYLOADS, &SUCCESSES, Body(|text| text.replace('"', "'"))),
    ("payloads-as-form", "Every payload is a urlencoded form instead of JSON.",
     ABOUT_READABLE_PAYLOADS, &SUCCESSES, After(|_, _, response, _| {
         let Some(Value::Object(members)) = response.payload() else {
             return;
         };
         let mut form = form_urlencoded::Serializer::new(String::new());
         for (name, value) in &members {
             form.append_pair(name, value.as_str().unwrap_or_default());
         }
         response.body = form.finish().into();
     })),
    ("payloads-empty", "Every answer has the right status and an empty body.",
     ABOUT_READABLE_PAYLOADS, &SUCCESSES, After(|_, _, response, _| response.body.clear())),
    ("welcome-plain-text", "The welcome is the bare word, without JSON around it.",
     &["ROOT-1"], &[Case::Welcome], After(|_, _, response, _| {
         *response = Response::text(200, "text/plain; charset=utf-8", "Bienvenue");
     })),
    ("welcome-cut-short", "The welcome's JSON lacks its closing brace.",
     &["ROOT-1"], &[Case::Welcome], Body(|text| text.trim_end().trim_end_matches('}').to_owned())),
    ("profile-trailing-comma", "A profile's JSON has a comma after the last member.",
     &["PROFILE-1", "E2E-1"], &[Case::Profile], Body(|text| text.replace('}', ",}"))),
    ("login-two-documents", "A login's body is the payload twice, one after the other.",
     &["LOGIN-1", "E2E-1"], &[Case::Login], Body(|text| format!("{text}\n{text}"))),
    ("register-key-capitals", "A registration's members are called 'Email' and 'Message'.",
     &["REG-1", "E2E-1"], &[Case::Register],
     Payload(|payload| json!({"Email": payload["email"], "Message": payload["message"]}))),
    ("register-taken-list", "A taken email gets a list with the message in it.",
     &["REG-2"], &[Case::RegisterTaken], Payload(|payload| json!([payload["message"]]))),
    ("update-nested-user", "An update's email stands in an object called 'user'.",
     &["UPDATE-1", "E2E-1"], &[Case::Update], Payload(|payload| {
         json!({"user": {"email": payload["email"]}, "message": payload["message"]})
     })),
    ("welcome-text-html",
     "The welcome's payload comes as text/html, as when a framework is handed a string.",
     &["ROOT-1"], &[Case::Welcome], Header("content-type", "text/html; charset=utf-8")),
    ("welcome-without-media-type", "The welcome's payload comes without a Content-Type.",
     &["ROOT-1"], &[Case::Welcome], WithoutHeader("content-type")),
    ("update-form-media-type",
     "An update's payload comes with the media type of the request's form.",
     &["UPDATE-1", "E2E-1"], &[Case::Update], Header("content-type", "application/x-www-form-urlencoded")),
];

const SUCCESSES: [Case; 6] = [
    Case::Welcome,
    Case::Register,
    Case::Login,
    Case::Profile,
    Case::Reset,
    Case::Update,
];

/// Every requirement that is about a payload of a success.
const ABOUT_PAYLOADS: &[&str] = &[
    "ROOT-1",
    "REG-1",
    "LOGIN-1",
    "PROFILE-1",
    "RESET-1",
    "UPDATE-1",
    "E2E-1",
];

/// The same, but for answers whose token can no longer be read, so that nothing is updated.
const ABOUT_READABLE_PAYLOADS: &[&str] = &[
    "ROOT-1",
    "REG-1",
    "LOGIN-1",
    "PROFILE-1",
    "RESET-1",
    "E2E-1",
];
