//! Forms read from the wrong place or decoded the wrong way (RFC 1866, section 8.2.1, and the
//! WHATWG's `application/x-www-form-urlencoded`).

use hyper::{Method, header};

use super::Subject;
use crate::proxy::{Answer, Ask};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = sources();
    faults.extend(decoding());
    faults.extend(values_changed_at_registration());
    faults
}

fn sources() -> Vec<Subject> {
    vec![
        Subject::fault(
            "forms-json-only",
            "Requests are read as JSON, and a form is answered with 415.",
            &["REG-1", "E2E-1"],
        )
        .before(|_, ask, _| (!ask.body.is_empty()).then(|| Answer::page(415))),
        Subject::fault(
            "forms-query-only",
            "Fields are read from the query, and a form in the body counts for nothing.",
            &["REG-1", "E2E-1"],
        )
        .before(|_, ask, _| {
            let query = ask.query.clone().unwrap_or_default();
            ask.body = query.into();
            None
        }),
        Subject::fault(
            "forms-query-too",
            "A registration's fields that the body lacks are taken from the query.",
            &["REG-10"],
        )
        .before(|_, ask, _| {
            if ask.is(&Method::POST, "/users") {
                for name in ["email", "password"] {
                    if let (None, Some(value)) = (ask.field(name), ask.parameter(name)) {
                        ask.set_field(name, &value);
                    }
                }
            }
            None
        }),
        Subject::fault(
            "forms-multipart-only",
            "Only multipart forms are read, and any other is answered with 400.",
            &["REG-1", "E2E-1"],
        )
        .before(|_, ask, _| {
            let multipart = ask
                .headers
                .get(header::CONTENT_TYPE)
                .is_some_and(|value| value.as_bytes().starts_with(b"multipart/form-data"));
            (!ask.body.is_empty() && !multipart).then(|| Answer::page(400))
        }),
    ]
}

fn decoding() -> Vec<Subject> {
    vec![
        Subject::fault(
            "forms-percent-not-decoded",
            "Percent-encoding in a form is not decoded.",
            &["REG-1", "E2E-1"],
        )
        .before(|_, ask, _| {
            respell(ask, |form| form.replace('%', "%25"));
            None
        }),
        Subject::fault(
            "forms-plus-not-decoded",
            "A plus in a form stays a plus instead of becoming a blank.",
            &["REG-4"],
        )
        .before(|_, ask, _| {
            respell(ask, |form| form.replace('+', "%2B"));
            None
        }),
        Subject::fault(
            "forms-decoded-twice",
            "Fields are decoded twice, so that an encoded plus or percent sign is lost.",
            &["REG-4"],
        )
        .before(|_, ask, _| {
            respell(ask, |form| {
                let fields = form_urlencoded::parse(form.as_bytes()).map(|(name, value)| {
                    let again: String = form_urlencoded::parse(
                        format!("x={}", value.replace('&', "%26")).as_bytes(),
                    )
                    .map(|(_, value)| value.into_owned())
                    .collect();
                    (name.into_owned(), again)
                });
                form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(fields.collect::<Vec<_>>())
                    .finish()
            });
            None
        }),
        Subject::fault(
            "forms-decoded-before-split",
            "A form is decoded before it is split, so that an ampersand ends a value.",
            &["REG-4"],
        )
        .before(|_, ask, _| {
            respell(ask, |form| form.replace("%26", "&"));
            None
        }),
        Subject::fault(
            "forms-latin-1",
            "Bytes above 127 in a field are dropped, as by a decoder that knows ASCII only.",
            &["REG-4"],
        )
        .before(|_, ask, _| {
            let fields: Vec<(String, String)> = ask
                .fields()
                .into_iter()
                .map(|(name, value)| (name, value.chars().filter(char::is_ascii).collect()))
                .collect();
            if !ask.body.is_empty() {
                ask.set_fields(fields.iter().map(|(name, value)| (&**name, &**value)));
            }
            None
        }),
    ]
}

fn values_changed_at_registration() -> Vec<Subject> {
    vec![
        registered(
            "register-plus-kept",
            "A registration keeps the plus signs of a form in the password, and a login does not.",
            |password| password.replace(' ', "+"),
        ),
        registered(
            "register-ampersand-cuts",
            "A registration cuts the password at an ampersand.",
            |password| password.split('&').next().unwrap_or_default().to_owned(),
        ),
        registered(
            "register-equals-cuts",
            "A registration cuts the password at an equals sign.",
            |password| password.split('=').next().unwrap_or_default().to_owned(),
        ),
        registered(
            "register-percent-dropped",
            "A registration loses the percent signs of a password.",
            |password| password.replace('%', ""),
        ),
        registered(
            "register-html-escaped",
            "A registration escapes the password for HTML before it stores it.",
            |password| password.replace('&', "&amp;"),
        ),
        registered(
            "register-non-ascii-replaced",
            "A registration puts a question mark for every letter of a password outside ASCII.",
            |password| {
                let ascii = |letter: char| if letter.is_ascii() { letter } else { '?' };
                password.chars().map(ascii).collect()
            },
        ),
    ]
}

/// A registration that stores another password than the one it was sent, where that has the
/// characters in question.
fn registered(id: &'static str, sentence: &'static str, change: fn(&str) -> String) -> Subject {
    Subject::fault(id, sentence, &["REG-4"]).before(move |_, ask, _| {
        if ask.is(&Method::POST, "/users") {
            ask.map_field("password", change);
        }
        None
    })
}

fn respell(ask: &mut Ask, change: impl FnOnce(&str) -> String) {
    if let Ok(form) = std::str::from_utf8(&ask.body)
        && !form.is_empty()
    {
        let form = change(form);
        ask.set_form(form);
    }
}
