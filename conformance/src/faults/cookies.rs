//! The session cookie: its name, its value, its path and its life (RFC 6265).

use hyper::header;

use super::{Subject, edits::cookie};
use crate::proxy::Case;

/// A fault that writes the cookie of a login otherwise.
pub(super) fn writing(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    write: fn(&str) -> String,
) -> Subject {
    Subject::fault(id, sentence, caught_by).at([Case::Login], cookie(write))
}

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = names_and_values();
    faults.extend(paths());
    faults.extend(lives());
    faults.extend(advice());
    faults
}

fn names_and_values() -> Vec<Subject> {
    vec![
        writing(
            "cookie-session-id-camel",
            "The session cookie is called sessionId.",
            &["LOGIN-2", "E2E-1"],
            |id| format!("sessionId={id}; Path=/"),
        ),
        writing(
            "cookie-sid",
            "The session cookie is called sid.",
            &["LOGIN-2", "E2E-1"],
            |id| format!("sid={id}; Path=/"),
        ),
        writing(
            "cookie-capitals",
            "The session cookie is called SESSION_ID: names of cookies keep their case.",
            &["LOGIN-2", "E2E-1"],
            |id| format!("SESSION_ID={id}; Path=/"),
        ),
        writing(
            "cookie-empty",
            "The session cookie has no value.",
            &["LOGIN-2", "E2E-1"],
            |_| "session_id=; Path=/".to_owned(),
        ),
        writing(
            "cookie-none",
            "The session cookie's value is the word None.",
            &["LOGIN-3"],
            |_| "session_id=None; Path=/".to_owned(),
        ),
        Subject::fault(
            "cookie-missing",
            "A login sets no cookie at all.",
            &["LOGIN-2", "E2E-1"],
        )
        .at([Case::Login], |_, answer, _| {
            answer.headers.remove(header::SET_COOKIE);
        }),
        Subject::fault(
            "cookie-in-header",
            "A login hands the session out in a header X-Session-Id instead of a cookie.",
            &["LOGIN-2", "E2E-1"],
        )
        .at([Case::Login], |_, answer, _| {
            let id = answer.session().unwrap_or_default();
            answer.headers.remove(header::SET_COOKIE);
            answer.set(header::HeaderName::from_static("x-session-id"), &id);
        }),
        Subject::fault(
            "cookie-set-and-deleted",
            "A login sets the session cookie and deletes it in the same answer.",
            &["LOGIN-2"],
        )
        .at([Case::Login], |_, answer, _| {
            answer.add_cookie("session_id=; Path=/; Max-Age=0");
        }),
    ]
}

fn paths() -> Vec<Subject> {
    vec![
        writing(
            "cookie-path-sessions",
            "The session cookie is for /sessions only, so that /profile never gets it.",
            &["LOGIN-2"],
            |id| format!("session_id={id}; Path=/sessions"),
        ),
        writing(
            "cookie-path-profile",
            "The session cookie is for /profile only, so that a logout never gets it.",
            &["LOGIN-2"],
            |id| format!("session_id={id}; Path=/profile"),
        ),
        writing(
            "cookie-without-path",
            "The session cookie says no path.",
            &["LOGIN-2"],
            |id| format!("session_id={id}"),
        ),
    ]
}

fn lives() -> Vec<Subject> {
    vec![
        writing(
            "cookie-max-age-0",
            "The session cookie is deleted by the answer that sets it: Max-Age is 0.",
            &["LOGIN-2"],
            |id| format!("session_id={id}; Path=/; Max-Age=0"),
        ),
        writing(
            "cookie-max-age-negative",
            "The session cookie has a negative Max-Age, which deletes it.",
            &["LOGIN-2"],
            |id| format!("session_id={id}; Path=/; Max-Age=-1"),
        ),
        writing(
            "cookie-expired",
            "The session cookie expired in 1970.",
            &["LOGIN-2"],
            |id| format!("session_id={id}; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
        ),
    ]
}

fn advice() -> Vec<Subject> {
    vec![
        writing(
            "cookie-not-http-only",
            "Scripts can read the session cookie: it is not HttpOnly.",
            &["LOGIN-10"],
            |id| format!("session_id={id}; Path=/; SameSite=Lax"),
        ),
        writing(
            "cookie-without-same-site",
            "The session cookie does not say SameSite.",
            &["LOGIN-10"],
            |id| format!("session_id={id}; Path=/; HttpOnly"),
        ),
    ]
}
