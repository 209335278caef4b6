//! Forms read from the wrong place or decoded the wrong way (RFC 1866, section 8.2.1, and the
//! WHATWG's `application/x-www-form-urlencoded`).

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("forms-json-only", "Requests are read as JSON, and a form is answered with 415.",
     &["REG-1", "E2E-1"], ANY, Before(|_, request, _| (!request.body.is_empty()).then(|| Response::page(415)))),
    ("forms-query-only",
     "Fields are read from the query, and a form in the body counts for nothing.",
     &["REG-1", "E2E-1"], ANY, Before(|_, request, _| {
         let query = request.query.clone().unwrap_or_default();
         request.body = query.into();
         None
     })),
    ("forms-query-too", "A registration's fields that the body lacks are taken from the query.",
     &["REG-10"], REGISTRATIONS, QueryToo),
    ("forms-multipart-only", "Only multipart forms are read, and any other is answered with 400.",
     &["REG-1", "E2E-1"], ANY, Before(|_, request, _| {
         let media_type = request.headers.get(header::CONTENT_TYPE);
         let multipart = media_type.is_some_and(|full| full.as_bytes().starts_with(b"multipart/form-data"));
         (!request.body.is_empty() && !multipart).then(|| Response::page(400))
     })),
    ("forms-percent-not-decoded", "Percent-encoding in a form is not decoded.",
     &["REG-1", "E2E-1"], ANY, Form(|request| request.text().replace('%', "%25"))),
    ("forms-plus-not-decoded", "A plus in a form stays a plus instead of becoming a blank.",
     &["REG-4"], ANY, Form(|request| request.text().replace('+', "%2B"))),
    ("forms-decoded-twice",
     "Fields are decoded twice, so that an encoded plus or percent sign is lost.",
     &["REG-4"], ANY, Fields(|fields| {
         let again = |value: String| {
             let sent = format!("x={}", value.replace('&', "%26"));
             form_urlencoded::parse(sent.as_bytes()).map(|(_, value)| value).collect()
         };
         fields.into_iter().map(|(name, value)| (name, again(value))).collect()
     })),
    ("forms-decoded-before-split",
     "A form is decoded before it is split, so that an ampersand ends a value.",
     &["REG-4"], ANY, Form(|request| request.text().replace("%26", "&"))),
    ("forms-latin-1",
     "Bytes above 127 in a field are dropped, as by a decoder that knows ASCII only.",
     &["REG-4"], ANY,
     Fields(|fields| {
         let ascii = |value: String| value.chars().filter(char::is_ascii).collect();
         fields.into_iter().map(|(name, value)| (name, ascii(value))).collect()
     })),
    ("register-plus-kept",
     "A registration keeps the plus signs of a form in the password, and a login does not.",
     &["REG-4"], REGISTRATIONS, Field("password", |password| password.replace(' ', "+"))),
    ("register-ampersand-cuts", "A registration cuts the password at an ampersand.",
     &["REG-4"], REGISTRATIONS,
     Field("password", |password| password.split('&').next().unwrap_or_default().to_owned())),
    ("register-equals-cuts", "A registration cuts the password at an equals sign.",
     &["REG-4"], REGISTRATIONS,
     Field("password", |password| password.split('=').next().unwrap_or_default().to_owned())),
    ("register-percent-dropped", "A registration loses the percent signs of a password.",
     &["REG-4"], REGISTRATIONS, Field("password", |password| password.replace('%', ""))),
    ("register-html-escaped", "A registration escapes the password for HTML before it stores it.",
     &["REG-4"], REGISTRATIONS, Field("password", |password| password.replace('&', "&amp;"))),
    ("register-non-ascii-replaced",
     "A registration puts a question mark for every letter of a password outside ASCII.",
     &["REG-4"], REGISTRATIONS, Field("password", |password| {
         let ascii = |letter: char| if letter.is_ascii() { letter } else { '?' };
         password.chars().map(ascii).collect()
     })),
];
