//! The ways to send somebody to the root, and targets that live under a path.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("redirect-303", "A logout redirects with 303.",
     &[], &[Case::Logout], Status(303)),
    ("redirect-bare", "The redirection has no body.",
     &[], &[Case::Logout], After(|_, _, response, _| {
         response.body.clear();
         response.headers.remove(header::CONTENT_TYPE);
     })),
    ("redirect-json", "The redirection has a JSON body.",
     &[], &[Case::Logout], After(|_, _, response, _| {
         let location = response.headers.get(header::LOCATION).cloned();
         let status = response.status.as_u16();
         *response = Response::json(status, &json!({"message": "bye"}));
         response.headers.extend(location.map(|value| (header::LOCATION, value)));
     })),
    ("location-absolute", "The redirection names the root by its whole URL.",
     &[], &[Case::Logout], After(|_, request, response, _| {
         response.set(header::LOCATION, &format!("http://{host}/", host = host(request)));
     })),
    ("location-absolute-bare",
     "The redirection names the root by its whole URL, without the slash.",
     &[], &[Case::Logout], After(|_, request, response, _| {
         response.set(header::LOCATION, &format!("HTTP://{host}", host = host(request)));
     })),
    ("location-by-host", "The redirection names host and path and leaves the scheme out.",
     &[], &[Case::Logout], After(|_, request, response, _| {
         response.set(header::LOCATION, &format!("//{host}/", host = host(request)));
     })),
    ("location-relative", "The redirection names the root as seen from /sessions.",
     &[], &[Case::Logout], Header("location", "./")),
    ("location-with-query", "The redirection names the root with a query.",
     &[], &[Case::Logout], Header("location", "/?logged_out=1")),
    ("location-with-fragment", "The redirection names the root with a fragment.",
     &[], &[Case::Logout], Header("location", "/#bye")),
    ("location-dots", "The redirection names the root by way of a parent.",
     &[], &[Case::Logout], Header("location", "/sessions/../")),
    ("prefix-to-host-root",
     "Everything lives under a path, and a logout redirects to the host's root.",
     &[], ANY, On(under_a_path)),
    ("prefix-to-prefix", "Everything lives under a path, and a logout redirects there.",
     &[], ANY, All(&[(&[Case::Logout], Header("location", "/api/v1/")), (ANY, On(under_a_path))])),
    ("prefix-to-prefix-bare",
     "Everything lives under a path, and a logout redirects there, without the slash.",
     &[], ANY, All(&[(&[Case::Logout], Header("location", "/api/v1")), (ANY, On(under_a_path))])),
];

fn under_a_path() -> Transport {
    Transport {
        prefix: "/api/v1",
        ..Transport::default()
    }
}

fn host(request: &Request) -> String {
    let host = request.headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok());
    host.unwrap_or_default().to_owned()
}
