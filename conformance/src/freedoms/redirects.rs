//! The ways to send somebody to the root, and targets that live under a path.

use hyper::header;

use super::Subject;
use crate::proxy::{Answer, Case, Wire};

/// Where the targets under a path live.
const PREFIX: &str = "/api/v1";

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    let mut freedoms = locations();
    freedoms.extend(prefixes());
    freedoms
}

/// A target that sends people who log out to `location`.
fn to(id: &'static str, sentence: &'static str, location: &'static str) -> Subject {
    Subject::freedom(id, sentence).at([Case::Logout], move |_, answer, _| {
        answer.set(header::LOCATION, location);
    })
}

fn locations() -> Vec<Subject> {
    vec![
        Subject::freedom("redirect-303", "A logout redirects with 303.")
            .at([Case::Logout], |_, answer, _| answer.set_status(303)),
        Subject::freedom("redirect-bare", "The redirection has no body.").at(
            [Case::Logout],
            |_, answer, _| {
                answer.body.clear();
                answer.headers.remove(header::CONTENT_TYPE);
            },
        ),
        Subject::freedom("redirect-json", "The redirection has a JSON body.").at(
            [Case::Logout],
            |_, answer, _| {
                let location = answer.headers.get(header::LOCATION).cloned();
                let status = answer.status.as_u16();
                *answer = Answer::json(status, &serde_json::json!({"message": "bye"}));
                answer
                    .headers
                    .extend(location.map(|value| (header::LOCATION, value)));
            },
        ),
        Subject::freedom(
            "location-absolute",
            "The redirection names the root by its whole URL.",
        )
        .at([Case::Logout], |ask, answer, _| {
            let host = ask.headers.get(header::HOST);
            if let Some(host) = host.and_then(|host| host.to_str().ok()) {
                answer.set(header::LOCATION, &format!("http://{host}/"));
            }
        }),
        Subject::freedom(
            "location-absolute-bare",
            "The redirection names the root by its whole URL, without the slash.",
        )
        .at([Case::Logout], |ask, answer, _| {
            let host = ask.headers.get(header::HOST);
            if let Some(host) = host.and_then(|host| host.to_str().ok()) {
                answer.set(header::LOCATION, &format!("HTTP://{host}"));
            }
        }),
        Subject::freedom(
            "location-by-host",
            "The redirection names host and path and leaves the scheme out.",
        )
        .at([Case::Logout], |ask, answer, _| {
            let host = ask.headers.get(header::HOST);
            if let Some(host) = host.and_then(|host| host.to_str().ok()) {
                answer.set(header::LOCATION, &format!("//{host}/"));
            }
        }),
        to(
            "location-relative",
            "The redirection names the root as seen from /sessions.",
            "./",
        ),
        to(
            "location-with-query",
            "The redirection names the root with a query.",
            "/?logged_out=1",
        ),
        to(
            "location-with-fragment",
            "The redirection names the root with a fragment.",
            "/#bye",
        ),
        to(
            "location-dots",
            "The redirection names the root by way of a parent.",
            "/sessions/../",
        ),
    ]
}

fn prefixes() -> Vec<Subject> {
    let wire = || Wire {
        prefix: PREFIX,
        ..Wire::default()
    };
    vec![
        Subject::freedom(
            "prefix-to-host-root",
            "Everything lives under a path, and a logout redirects to the host's root.",
        )
        .on(wire()),
        to(
            "prefix-to-prefix",
            "Everything lives under a path, and a logout redirects there.",
            "/api/v1/",
        )
        .on(wire()),
        to(
            "prefix-to-prefix-bare",
            "Everything lives under a path, and a logout redirects there, without the slash.",
            "/api/v1",
        )
        .on(wire()),
    ]
}
