//! The session cookie: its name, its value, its path and its life (RFC 6265).

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("cookie-missing", "A login sets no cookie at all.",
     &["LOGIN-2", "E2E-1"], &[Case::Login], WithoutHeader("set-cookie")),
    ("cookie-in-header",
     "A login hands the session out in a header X-Session-Id instead of a cookie.",
     &["LOGIN-2", "E2E-1"], &[Case::Login], After(|_, _, response, _| {
         let id = response.session().unwrap_or_default();
         response.headers.remove(header::SET_COOKIE);
         response.set(header::HeaderName::from_static("x-session-id"), &id);
     })),
    ("cookie-set-and-deleted", "A login sets the session cookie and deletes it in the same answer.",
     &["LOGIN-2"], &[Case::Login], After(|_, _, response, _| {
         response.add_cookie("session_id=; Path=/; Max-Age=0");
     })),
    ("cookie-session-id-camel", "The session cookie is called sessionId.",
     &["LOGIN-2", "E2E-1"], &[Case::Login], Cookie("sessionId={id}; Path=/")),
    ("cookie-sid", "The session cookie is called sid.",
     &["LOGIN-2", "E2E-1"], &[Case::Login], Cookie("sid={id}; Path=/")),
    ("cookie-capitals",
     "The session cookie is called SESSION_ID: names of cookies keep their case.",
     &["LOGIN-2", "E2E-1"], &[Case::Login], Cookie("SESSION_ID={id}; Path=/")),
    ("cookie-empty", "The session cookie has no value.",
     &["LOGIN-2", "E2E-1"], &[Case::Login], Cookie("session_id=; Path=/")),
    ("cookie-none", "The session cookie's value is the word None.",
     &["LOGIN-3"], &[Case::Login], Cookie("session_id=None; Path=/")),
    ("cookie-path-sessions",
     "The session cookie is for /sessions only, so that /profile never gets it.",
     &["LOGIN-2"], &[Case::Login], Cookie("session_id={id}; Path=/sessions")),
    ("cookie-path-profile",
     "The session cookie is for /profile only, so that a logout never gets it.",
     &["LOGIN-2"], &[Case::Login], Cookie("session_id={id}; Path=/profile")),
    ("cookie-without-path", "The session cookie says no path.",
     &["LOGIN-2"], &[Case::Login], Cookie("session_id={id}")),
    ("cookie-max-age-0", "The session cookie is deleted by the answer that sets it: Max-Age is 0.",
     &["LOGIN-2"], &[Case::Login], Cookie("session_id={id}; Path=/; Max-Age=0")),
    ("cookie-max-age-negative", "The session cookie has a negative Max-Age, which deletes it.",
     &["LOGIN-2"], &[Case::Login], Cookie("session_id={id}; Path=/; Max-Age=-1")),
    ("cookie-expired", "The session cookie expired in 1970.",
     &["LOGIN-2"], &[Case::Login], Cookie("session_id={id}; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT")),
    ("cookie-not-http-only", "Scripts can read the session cookie: it is not HttpOnly.",
     &["LOGIN-10"], &[Case::Login], Cookie("session_id={id}; Path=/; SameSite=Lax")),
    ("cookie-without-same-site", "The session cookie does not say SameSite.",
     &["LOGIN-10"], &[Case::Login], Cookie("session_id={id}; Path=/; HttpOnly")),
];
