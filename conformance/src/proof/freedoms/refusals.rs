//! Bodies of refusals, and headers that nobody asked for.

use hyper::header::HeaderName;

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("refusal-json", "Refusals have a JSON body.", &[], ANY, Refusal(|status| {
         Response::json(status, &json!({"error": "refused", "status": status}))
     })),
    ("refusal-problem-json", "Refusals are application/problem+json (RFC 9457).",
     &[], ANY, Refusal(|status| {
         let problem = json!({"type": "about:blank", "status": status});
         Response::text(status, "application/problem+json", problem.to_string())
     })),
    ("refusal-empty", "Refusals have no body.", &[], ANY, Refusal(Response::empty)),
    ("refusal-text", "Refusals are plain text.",
     &[], ANY, Refusal(|status| Response::text(status, "text/plain", "no"))),
    ("refusal-no-json", "Refusals say that they are JSON and are not.",
     &[], ANY, Refusal(|status| Response::text(status, "application/json", "Forbidden"))),
    ("refusal-binary", "Refusals have a body of bytes that are no text.", &[], ANY, Refusal(|status| {
         Response::text(status, "application/octet-stream", vec![0xff, 0x00, 0xfe, 0x80])
     })),
    ("refusal-long", "Refusals are pages of 200,000 bytes.",
     &[], ANY, Refusal(|status| Response::text(status, "text/html", "<p>no</p>\n".repeat(20_000)))),
    ("refusal-like-success", "Refusals have the body that a success would have.",
     &["HTTP-3", "LOGIN-11"], ANY, After(|case, request, response, _| {
         if response.status.is_client_error() && case != Case::RegisterTaken {
             let email = request.field("email").unwrap_or_default();
             let status = response.status.as_u16();
             *response = Response::json(status, &json!({"email": email, "message": "logged in"}));
         }
     })),
    ("refusal-with-challenge", "A 401 says how to authenticate, as RFC 9110 demands.",
     &[], ANY, After(|_, _, response, _| {
         if response.status == 401 {
             response.set(header::WWW_AUTHENTICATE, "Form realm=\"users\"");
         }
     })),
    ("headers-many", "Every answer has the headers of a careful site.",
     &[], ANY, After(|_, _, response, _| {
         for (name, value) in [
             ("x-frame-options", "DENY"),
             ("x-content-type-options", "nosniff"),
             ("content-security-policy", "default-src 'none'"),
             ("strict-transport-security", "max-age=63072000"),
             ("cache-control", "no-store"),
             ("etag", "W/\"1\""),
             ("x-request-id", "7c1f"),
             ("server", "unusual/0.1 (legal)"),
             ("location", "/nowhere"),
         ] {
             if !response.status.is_redirection() || name != "location" {
                 response.set(HeaderName::from_static(name), value);
             }
         }
     })),
    ("methods-head-options", "HEAD and OPTIONS work on every documented path.",
     &[], ANY, Before(|_, request, _| match request.method {
         Method::OPTIONS => {
             let mut response = Response::empty(204);
             response.set(header::ALLOW, "GET, HEAD, POST, PUT, DELETE, OPTIONS");
             Some(response)
         }
         Method::HEAD => Some(Response::empty(200)),
         _ => None,
     })),
];
