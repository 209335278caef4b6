//! Cookies with other attributes, other spellings and other company (RFC 6265).

use uuid::Uuid;

use super::Subject;
use crate::proxy::{Answer, Ask, Case, Shadow};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    let mut freedoms = attributes();
    freedoms.extend(company());
    freedoms.extend(at_other_times());
    freedoms
}

fn written(id: &'static str, sentence: &'static str, write: fn(&str) -> String) -> Subject {
    Subject::freedom(id, sentence).at([Case::Login], move |_, answer, _| answer.map_session(write))
}

fn attributes() -> Vec<Subject> {
    vec![
        written(
            "cookie-lower-case",
            "The cookie's attributes are written in lower case and in another order.",
            |id| format!("session_id={id}; samesite=strict; httponly; path=/"),
        ),
        written(
            "cookie-capitals",
            "The cookie's attributes are written in capitals, without blanks between.",
            |id| format!("session_id={id};SAMESITE=LAX;PATH=/;HTTPONLY"),
        ),
        written(
            "cookie-lasting",
            "The cookie says how long it lasts, in both ways.",
            |id| {
                format!(
                    "session_id={id}; Expires=Fri, 31 Dec 2099 23:59:59 GMT; Max-Age=86400; Path=/; \
                     HttpOnly; SameSite=Lax"
                )
            },
        ),
        written(
            "cookie-max-age-wins",
            "The cookie has an Expires of long ago and a Max-Age, which counts.",
            |id| {
                format!(
                    "session_id={id}; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=3600; Path=/; \
                     HttpOnly; SameSite=Lax"
                )
            },
        ),
        written(
            "cookie-unknown-attributes",
            "The cookie has attributes that are not in the standard.",
            |id| {
                format!(
                    "session_id={id}; Priority=High; Partitioned; Path=/; HttpOnly; SameSite=Lax; x=y"
                )
            },
        ),
        written(
            "cookie-secure",
            "The cookie is for secure connections only, though this one is not.",
            |id| format!("session_id={id}; Secure; Path=/; HttpOnly; SameSite=None"),
        ),
        written(
            "cookie-minimal",
            "The cookie has no attribute but the path, as the document's transcripts show it.",
            |id| format!("session_id={id}; Path=/"),
        )
        .may_fail(&["LOGIN-10"]),
        written(
            "cookie-domain-of-another",
            "The cookie is for another domain, which only a browser minds.",
            |id| format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax; Domain=example.com"),
        )
        .may_fail(&["LOGIN-13"]),
        written(
            "cookie-domain-of-the-host",
            "The cookie names the host as its domain.",
            |id| format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax; Domain=127.0.0.1"),
        ),
        written(
            "cookie-quoted",
            "The cookie's value stands in quotes.",
            |id| format!("session_id=\"{id}\"; Path=/; HttpOnly; SameSite=Lax"),
        )
        .before(|_, ask, _| {
            let unquoted = ask.session();
            ask.set_session(unquoted.as_deref());
            None
        }),
    ]
}

fn company() -> Vec<Subject> {
    vec![
        Subject::freedom(
            "cookie-others-first",
            "Other cookies are set before the session's.",
        )
        .at([Case::Login], |_, answer, _| {
            let session = answer.cookies();
            answer.headers.remove(hyper::header::SET_COOKIE);
            answer.add_cookie("lang=en; Path=/");
            answer.add_cookie("session=none; Path=/; Max-Age=0");
            for cookie in session {
                answer.add_cookie(&cookie.to_string());
            }
        }),
        Subject::freedom(
            "cookie-others-everywhere",
            "Every answer sets cookies of its own, with odd names and values.",
        )
        .after(|_, _, answer, _| {
            answer.add_cookie("session_id_hint=none; Path=/");
            answer.add_cookie("csrftoken=a=b==; Path=/; HttpOnly");
            answer.add_cookie("flag; Path=/");
        }),
        Subject::freedom(
            "cookie-twice",
            "A login sets the session cookie twice, the same both times.",
        )
        .at([Case::Login], |_, answer, _| {
            for cookie in answer.cookies() {
                answer.add_cookie(&cookie.to_string());
            }
        }),
    ]
}

fn at_other_times() -> Vec<Subject> {
    let clear = |_: &Ask, answer: &mut Answer, _: &mut Shadow| {
        answer.add_cookie("session_id=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0");
    };
    vec![
        Subject::freedom("cookie-cleared-at-logout", "A logout deletes the cookie.")
            .at([Case::Logout], clear),
        Subject::freedom(
            "cookie-cleared-at-refusal",
            "Every refusal deletes the cookie.",
        )
        .after(|_, _, answer, _| {
            if answer.status.is_client_error() {
                answer.add_cookie("session_id=; Path=/; Max-Age=0");
            }
        }),
        Subject::freedom(
            "cookie-renewed-by-profile",
            "Every profile sets the session cookie anew, with the same value.",
        )
        .at([Case::Profile], |ask, answer, _| {
            if let Some(id) = ask.session() {
                answer.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
            }
        }),
        Subject::freedom(
            "cookie-for-visitors",
            "Everybody who is not logged in gets a session_id too, which opens nothing.",
        )
        .after(|case, _, answer, _| {
            if !matches!(case, Case::Login | Case::Profile | Case::Logout) {
                let id = Uuid::new_v4();
                answer.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
            }
        }),
    ]
}
