//! The ways to send somebody to the root, and targets that live under a path.

use hyper::header;

use crate::proof::{
    proxy::{Case, Response, Transport},
    subject::{
        Subject,
        edits::{
            self, ANY,
            Edit::{Location, On, Respond},
            Row,
        },
    },
};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    let mut freedoms = edits::freedoms(FREEDOMS);
    freedoms.extend([
        Subject::freedom(
            "prefix-to-prefix",
            "Everything lives under a path, and a logout redirects there.",
        )
        .at([Case::Logout], |_, response, _| {
            response.set(header::LOCATION, "/api/v1/");
        })
        .on(under_a_path()),
        Subject::freedom(
            "prefix-to-prefix-bare",
            "Everything lives under a path, and a logout redirects there, without the slash.",
        )
        .at([Case::Logout], |_, response, _| {
            response.set(header::LOCATION, "/api/v1");
        })
        .on(under_a_path()),
    ]);
    freedoms
}

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
const FREEDOMS: &[Row] = &[
    ("redirect-303", "A logout redirects with 303.",
     &[], &[Case::Logout], Respond(|_, response, _| response.set_status(303))),
    ("redirect-bare", "The redirection has no body.",
     &[], &[Case::Logout], Respond(|_, response, _| {
         response.body.clear();
         response.headers.remove(header::CONTENT_TYPE);
     })),
    ("redirect-json", "The redirection has a JSON body.",
     &[], &[Case::Logout], Respond(|_, response, _| {
         let location = response.headers.get(header::LOCATION).cloned();
         let status = response.status.as_u16();
         *response = Response::json(status, &serde_json::json!({"message": "bye"}));
         response
             .headers
             .extend(location.map(|value| (header::LOCATION, value)));
     })),
    ("location-absolute", "The redirection names the root by its whole URL.",
     &[], &[Case::Logout], Respond(|request, response, _| {
         let host = request.headers.get(header::HOST);
         if let Some(host) = host.and_then(|host| host.to_str().ok()) {
             response.set(header::LOCATION, &format!("http://{host}/"));
         }
     })),
    ("location-absolute-bare",
     "The redirection names the root by its whole URL, without the slash.",
     &[], &[Case::Logout], Respond(|request, response, _| {
         let host = request.headers.get(header::HOST);
         if let Some(host) = host.and_then(|host| host.to_str().ok()) {
             response.set(header::LOCATION, &format!("HTTP://{host}"));
         }
     })),
    ("location-by-host", "The redirection names host and path and leaves the scheme out.",
     &[], &[Case::Logout], Respond(|request, response, _| {
         let host = request.headers.get(header::HOST);
         if let Some(host) = host.and_then(|host| host.to_str().ok()) {
             response.set(header::LOCATION, &format!("//{host}/"));
         }
     })),
    ("location-relative", "The redirection names the root as seen from /sessions.",
     &[], &[Case::Logout], Location("./")),
    ("location-with-query", "The redirection names the root with a query.",
     &[], &[Case::Logout], Location("/?logged_out=1")),
    ("location-with-fragment", "The redirection names the root with a fragment.",
     &[], &[Case::Logout], Location("/#bye")),
    ("location-dots", "The redirection names the root by way of a parent.",
     &[], &[Case::Logout], Location("/sessions/../")),
    ("prefix-to-host-root",
     "Everything lives under a path, and a logout redirects to the host's root.",
     &[], ANY, On(under_a_path)),
];

/// Where the targets under a path live.
const PREFIX: &str = "/api/v1";

fn under_a_path() -> Transport {
    Transport {
        prefix: PREFIX,
        ..Transport::default()
    }
}
