//! Bodies of refusals, and headers that nobody asked for.

use hyper::{
    Method,
    header::{self, HeaderName},
};
use serde_json::json;

use super::Subject;
use crate::proof::proxy::{Answer, Ask, Case, Shadow};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    let mut freedoms = bodies();
    freedoms.extend(headers());
    freedoms
}

/// Refusals with another body. The one documented payload of a refusal, for a taken email, stays.
fn refused(
    write: fn(u16) -> Answer,
) -> impl Fn(Case, &Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static {
    move |case, _, answer, _| {
        if answer.status.is_client_error() && case != Case::RegisterTaken {
            let allow = answer.headers.get(header::ALLOW).cloned();
            *answer = write(answer.status.as_u16());
            answer
                .headers
                .extend(allow.map(|value| (header::ALLOW, value)));
        }
    }
}

fn bodies() -> Vec<Subject> {
    vec![
        Subject::freedom("refusal-json", "Refusals have a JSON body.").after(refused(|status| {
            Answer::json(status, &json!({"error": "refused", "status": status}))
        })),
        Subject::freedom(
            "refusal-problem-json",
            "Refusals are application/problem+json (RFC 9457).",
        )
        .after(refused(|status| {
            let problem = json!({"type": "about:blank", "status": status});
            Answer::text(status, "application/problem+json", problem.to_string())
        })),
        Subject::freedom("refusal-empty", "Refusals have no body.").after(refused(Answer::empty)),
        Subject::freedom("refusal-text", "Refusals are plain text.")
            .after(refused(|status| Answer::text(status, "text/plain", "no"))),
        Subject::freedom(
            "refusal-no-json",
            "Refusals say that they are JSON and are not.",
        )
        .after(refused(|status| {
            Answer::text(status, "application/json", "Forbidden")
        })),
        Subject::freedom(
            "refusal-binary",
            "Refusals have a body of bytes that are no text.",
        )
        .after(refused(|status| {
            Answer::text(
                status,
                "application/octet-stream",
                vec![0xff, 0x00, 0xfe, 0x80],
            )
        })),
        Subject::freedom("refusal-long", "Refusals are pages of 200,000 bytes.").after(refused(
            |status| Answer::text(status, "text/html", "<p>no</p>\n".repeat(20_000)),
        )),
        Subject::freedom(
            "refusal-like-success",
            "Refusals have the body that a success would have.",
        )
        .after(|case, ask, answer, _| {
            if answer.status.is_client_error() && case != Case::RegisterTaken {
                let email = ask.field("email").unwrap_or_default();
                let status = answer.status.as_u16();
                *answer = Answer::json(status, &json!({"email": email, "message": "logged in"}));
            }
        })
        .may_fail(&["HTTP-3", "LOGIN-11"]),
        Subject::freedom(
            "refusal-with-challenge",
            "A 401 says how to authenticate, as RFC 9110 demands.",
        )
        .after(|_, _, answer, _| {
            if answer.status == 401 {
                answer.set(header::WWW_AUTHENTICATE, "Form realm=\"users\"");
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
        .after(|_, _, answer, _| {
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
                if !answer.status.is_redirection() || name != "location" {
                    answer.set(HeaderName::from_static(name), value);
                }
            }
        }),
        Subject::freedom(
            "methods-head-options",
            "HEAD and OPTIONS work on every documented path.",
        )
        .before(|_, ask, _| match ask.method {
            Method::OPTIONS => {
                let mut answer = Answer::empty(204);
                answer.set(header::ALLOW, "GET, HEAD, POST, PUT, DELETE, OPTIONS");
                Some(answer)
            }
            Method::HEAD => Some(Answer::empty(200)),
            _ => None,
        }),
    ]
}
