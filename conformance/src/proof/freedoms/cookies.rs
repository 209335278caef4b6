//! Cookies with other attributes, other spellings and other company (RFC 6265).

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("cookie-lower-case", "The cookie's attributes are written in lower case and in another order.",
     &[], &[Case::Login], Cookie("session_id={id}; samesite=strict; httponly; path=/")),
    ("cookie-capitals", "The cookie's attributes are written in capitals, without blanks between.",
     &[], &[Case::Login], Cookie("session_id={id};SAMESITE=LAX;PATH=/;HTTPONLY")),
    ("cookie-lasting", "The cookie says how long it lasts, in both ways.",
     &[], &[Case::Login],
     Cookie("session_id={id}; Expires=Fri, 31 Dec 2099 23:59:59 GMT; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax")),
    ("cookie-max-age-wins", "The cookie has an Expires of long ago and a Max-Age, which counts.",
     &[], &[Case::Login],
     Cookie("session_id={id}; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax")),
    ("cookie-unknown-attributes", "The cookie has attributes that are not in the standard.",
     &[], &[Case::Login],
     Cookie("session_id={id}; Priority=High; Partitioned; Path=/; HttpOnly; SameSite=Lax; x=y")),
    ("cookie-secure", "The cookie is for secure connections only, though this one is not.",
     &[], &[Case::Login], Cookie("session_id={id}; Secure; Path=/; HttpOnly; SameSite=None")),
    ("cookie-minimal",
     "The cookie has no attribute but the path, as the document's transcripts show it.",
     &["LOGIN-10"], &[Case::Login], Cookie("session_id={id}; Path=/")),
    ("cookie-domain-of-another", "The cookie is for another domain, which only a browser minds.",
     &["LOGIN-13"], &[Case::Login],
     Cookie("session_id={id}; Path=/; HttpOnly; SameSite=Lax; Domain=example.com")),
    ("cookie-domain-of-the-host", "The cookie names the host as its domain.",
     &[], &[Case::Login], Cookie("session_id={id}; Path=/; HttpOnly; SameSite=Lax; Domain=127.0.0.1")),
    ("cookie-others-first", "Other cookies are set before the session's.",
     &[], &[Case::Login], After(|_, _, response, _| {
         let session = response.cookies();
         response.headers.remove(header::SET_COOKIE);
         response.add_cookie("lang=en; Path=/");
         response.add_cookie("session=none; Path=/; Max-Age=0");
         for cookie in session {
             response.add_cookie(&cookie.to_string());
         }
     })),
    ("cookie-others-everywhere", "Every answer sets cookies of its own, with odd names and values.",
     &[], ANY, After(|_, _, response, _| {
         response.add_cookie("session_id_hint=none; Path=/");
         response.add_cookie("csrftoken=a=b==; Path=/; HttpOnly");
         response.add_cookie("flag; Path=/");
     })),
    ("cookie-twice", "A login sets the session cookie twice, the same both times.",
     &[], &[Case::Login], After(|_, _, response, _| {
         for cookie in response.cookies() {
             response.add_cookie(&cookie.to_string());
         }
     })),
    ("cookie-cleared-at-logout", "A logout deletes the cookie.",
     &[], &[Case::Logout], After(|_, _, response, _| {
         let long_ago = "Expires=Thu, 01 Jan 1970 00:00:00 GMT";
         response.add_cookie(&format!("session_id=; Path=/; {long_ago}; Max-Age=0"));
     })),
    ("cookie-cleared-at-refusal", "Every refusal deletes the cookie.",
     &[], ANY, After(|_, _, response, _| {
         if response.status.is_client_error() {
             response.add_cookie("session_id=; Path=/; Max-Age=0");
         }
     })),
    ("cookie-renewed-by-profile",
     "Every profile sets the session cookie anew, with the same value.",
     &[], &[Case::Profile], After(|_, request, response, _| {
         if let Some(id) = request.session() {
             response.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
         }
     })),
    ("cookie-for-visitors",
     "Everybody who is not logged in gets a session_id too, which opens nothing.",
     &[], ANY, After(|case, _, response, _| {
         if !matches!(case, Case::Login | Case::Profile | Case::Logout) {
             let id = Uuid::new_v4();
             response.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
         }
     })),
    ("cookie-quoted", "The cookie's value stands in quotes.",
     &[], ANY, All(&[
         (&[Case::Login], Cookie("session_id=\"{id}\"; Path=/; HttpOnly; SameSite=Lax")),
         (ANY, Before(|_, request, _| {
             let unquoted = request.session();
             request.set_session(unquoted.as_deref());
             None
         })),
     ])),
];
