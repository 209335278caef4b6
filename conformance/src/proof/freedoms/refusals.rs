//! Bodies of refusals, and headers that nobody asked for.

use hyper::{
    Method,
    header::{self, HeaderName},
};
use serde_json::json;

use super::Subject;
use crate::proof::proxy::{Case, ObservedState, Request, Response};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    let mut freedoms = bodies();
    freedoms.extend(headers());
    freedoms
}

/// Refusals with another body. The one documented payload of a refusal, for a taken email, stays.
fn refused(
    write: fn(u16) -> Response,
) -> impl Fn(Case, &Request, &mut Response, &mut ObservedState) + Send + Sync + 'static {
    move |case, _, response, _| {
        if response.status.is_client_error() && case != Case::RegisterTaken {
            let allow = response.headers.get(header::ALLOW).cloned();
            *response = write(response.status.as_u16());
            response
                .headers
                .extend(allow.map(|value| (header::ALLOW, value)));
        }
    }
}

fn bodies() -> Vec<Subject> {
    vec![
        Subject::freedom("refusal-json", "Refusals have a JSON body.").after(refused(|status| {
            Response::json(status, &json!({"error": "refused", "status": status}))
        })),
        Subject::freedom(
            "refusal-problem-json",
            "Refusals are application/problem+json (RFC 9457).",
        )
        .after(refused(|status| {
            let problem = json!({"type": "about:blank", "status": status});
            Response::text(status, "application/problem+json", problem.to_string())
        })),
        Subject::freedom("refusal-empty", "Refusals have no body.").after(refused(Response::empty)),
        Subject::freedom("refusal-text", "Refusals are plain text.")
            .after(refused(|status| Response::text(status, "text/plain", "no"))),
        Subject::freedom(
            "refusal-no-json",
            "Refusals say that they are JSON and are not.",
        )
        .after(refused(|status| {
            Response::text(status, "application/json", "Forbidden")
        })),
        Subject::freedom(
            "refusal-binary",
            "Refusals have a body of bytes that are no text.",
        )
        .after(refused(|status| {
            Response::text(
                status,
                "application/octet-stream",
                vec![0xff, 0x00, 0xfe, 0x80],
            )
        })),
        Subject::freedom("refusal-long", "Refusals are pages of 200,000 bytes.").after(refused(
            |status| Response::text(status, "text/html", "<p>no</p>\n".repeat(20_000)),
        )),
        Subject::freedom(
            "refusal-like-success",
            "Refusals have the body that a success would have.",
        )
        .after(|case, request, response, _| {
            if response.status.is_client_error() && case != Case::RegisterTaken {
                let email = request.field("email").unwrap_or_default();
                let status = response.status.as_u16();
                *response =
                    Response::json(status, &json!({"email": email, "message": "logged in"}));
            }
        })
        .may_fail(&["HTTP-3", "LOGIN-11"]),
        Subject::freedom(
            "refusal-with-challenge",
            "A 401 says how to authenticate, as RFC 9110 demands.",
        )
        .after(|_, _, response, _| {
            if response.status == 401 {
                response.set(header::WWW_AUTHENTICATE, "Form realm=\"users\"");
            }
        }),
    ]
}

fn headers() -> Vec<Subject> {
    vec![
        Subject::freedom(
            "headers-many",
            "Every answer has the headers of a careful site.",
        )
        .after(|_, _, response, _| {
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
        }),
        Subject::freedom(
            "methods-head-options",
            "HEAD and OPTIONS work on every documented path.",
        )
        .before(|_, request, _| match request.method {
            Method::OPTIONS => {
                let mut response = Response::empty(204);
                response.set(header::ALLOW, "GET, HEAD, POST, PUT, DELETE, OPTIONS");
                Some(response)
            }
            Method::HEAD => Some(Response::empty(200)),
            _ => None,
        }),
    ]
}
