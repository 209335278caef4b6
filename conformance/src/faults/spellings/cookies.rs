//! Cookie headers: each row of the table is a way to misread one.

use hyper::header;

use super::Subject;
use crate::proxy::Case;

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    COOKIES.iter().map(cookie).collect()
}

/// How a server misreads a cookie header: the value that it finds in it.
struct Cookies(
    &'static str,
    &'static str,
    fn(&str) -> Option<String>,
    &'static [&'static str],
);

const COOKIES: [Cookies; 10] = [
    Cookies(
        "cookies-stop-at-blank",
        "A blank in a cookie's value ends the reading of all cookies after it.",
        |all| value_of(pairs(all).into_iter().take_while(|(_, v)| !v.contains(' '))),
        &["WALK-1"],
    ),
    Cookies(
        "cookies-one-equals-sign",
        "One cookie with = in its value, and no cookie is read.",
        |all| {
            value_of(
                pairs(all)
                    .into_iter()
                    .filter(|_| pairs(all).iter().all(|(_, v)| !v.contains('='))),
            )
        },
        &["WALK-1"],
    ),
    Cookies(
        "cookies-any-case",
        "Names of cookies are compared without regard to case.",
        |all| found(all, |name| name.eq_ignore_ascii_case("session_id")),
        &["PROFILE-6"],
    ),
    Cookies(
        "cookies-name-ending",
        "A cookie is the session's where its name ends in session_id.",
        |all| found(all, |name| name.ends_with("session_id")),
        &["PROFILE-6"],
    ),
    Cookies(
        "cookies-name-beginning",
        "A cookie is the session's where its name begins with session.",
        |all| found(all, |name| name.starts_with("session")),
        &["WALK-1"],
    ),
    Cookies(
        "cookies-first-only",
        "Only the first cookie of a request is read.",
        |all| value_of(pairs(all).into_iter().take(1)),
        &["PROFILE-6"],
    ),
    Cookies(
        "cookies-last-only",
        "Only the last cookie of a request is read.",
        |all| value_of(pairs(all).into_iter().rev().take(1)),
        &["PROFILE-6"],
    ),
    Cookies(
        "cookies-any-name",
        "The session is the value of any cookie that is a UUID.",
        |all| {
            pairs(all)
                .into_iter()
                .map(|(_, v)| v)
                .find(|v| uuid::Uuid::parse_str(v).is_ok())
                .map(str::to_owned)
                .or_else(|| found(all, |n| n == "session_id"))
        },
        &["PROFILE-6"],
    ),
    Cookies(
        "cookies-quote-starts-a-text",
        "A quote in one cookie makes the rest of the header its value.",
        |all| value_of(pairs(all).into_iter().take_while(|(_, v)| !v.contains('"'))),
        &["WALK-1"],
    ),
    Cookies(
        "cookies-split-at-comma",
        "Cookies are split at commas too, and one with a comma spoils them all.",
        |all| value_of(pairs(all).into_iter().filter(|_| !all.contains(','))),
        &["WALK-1"],
    ),
];

fn cookie(Cookies(id, sentence, read, caught_by): &Cookies) -> Subject {
    let read = *read;
    Subject::fault(id, sentence, caught_by).before(move |case, ask, _| {
        let about = matches!(ask.path.as_str(), "/profile" | "/sessions") && case != Case::Login;
        let header = ask.headers.get(header::COOKIE)?.to_str().ok()?.to_owned();
        if about {
            let value = read(&header);
            ask.headers.remove(header::COOKIE);
            if let Some(value) = value {
                ask.set_session(Some(&value));
            }
        }
        None
    })
}

fn pairs(all: &str) -> Vec<(&str, &str)> {
    all.split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .collect()
}

fn found(all: &str, is: fn(&str) -> bool) -> Option<String> {
    pairs(all)
        .into_iter()
        .find(|(name, _)| is(name))
        .map(|(_, value)| value.to_owned())
}

fn value_of<'a>(mut pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    pairs
        .find(|(name, _)| *name == "session_id")
        .map(|(_, value)| value.to_owned())
}
