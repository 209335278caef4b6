//! The cookie `session_id` as the answer to a login sets it.

use std::time::SystemTime;

use super::{answered, cookie_date::cookie_date, shown};
use crate::http::{Exchange, Mismatch, Response, timestamp::rfc3339};

const NAME: &str = "session_id";

/// A `Set-Cookie` header that sets the session id.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SessionCookie {
    /// The value as a client sends it back, quotes included.
    pub value: String,
    /// The value without quotes around it.
    pub id: String,
    path: Option<String>,
    domain: Option<String>,
    expired: Option<String>,
    http_only: bool,
    same_site: bool,
}

/// The last cookie of that name in an answer: it is the one that a client keeps.
pub fn session_cookie(response: &Response) -> Option<SessionCookie> {
    response.header_values("set-cookie").filter_map(read).last()
}

/// The session that an answer opens, if it does: a cookie without a value opens none.
pub fn opened_session(exchange: &Exchange) -> Option<SessionCookie> {
    let cookie = session_cookie(exchange.answer.as_ref().ok()?);
    cookie.filter(|cookie| !cookie.id.is_empty())
}

fn read(header: &str) -> Option<SessionCookie> {
    let mut parts = header.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    if name.trim() != NAME {
        return None;
    }
    let value = value.trim().to_owned();
    let mut cookie = SessionCookie {
        id: value.trim_matches('"').to_owned(),
        value,
        path: None,
        domain: None,
        expired: None,
        http_only: false,
        same_site: false,
    };
    let (mut max_age, mut expires) = (None, None);
    for attribute in parts {
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        match name.as_str() {
            "path" => cookie.path = Some(value.to_owned()),
            "domain" => cookie.domain = Some(value.trim_start_matches('.').to_ascii_lowercase()),
            "max-age" => max_age = Some(value.to_owned()),
            "expires" => expires = Some(value.to_owned()),
            "httponly" => cookie.http_only = true,
            "samesite" => cookie.same_site = true,
            _ => {}
        }
    }
    cookie.expired = expiry(max_age.as_deref(), expires.as_deref());
    Some(cookie)
}

/// Why a cookie is dead on arrival, if it is. `Max-Age` goes before `Expires`, and what cannot
/// be read does not count (RFC 6265, 5.2 and 5.3).
fn expiry(max_age: Option<&str>, expires: Option<&str>) -> Option<String> {
    if let Some(seconds) = max_age.and_then(|text| text.parse::<i64>().ok()) {
        return (seconds <= 0).then(|| format!("Max-Age={seconds}"));
    }
    let text = expires?;
    let date = cookie_date(text)?;
    (date <= rfc3339(SystemTime::now())).then(|| format!("Expires={}", shown(text)))
}

/// What keeps the cookie of an answer from being a live session for the whole service.
pub fn live_session_cookie(exchange: &Exchange) -> Vec<Mismatch> {
    let response = match answered(exchange, "an answer that sets the cookie session_id") {
        Ok(response) => response,
        Err(missing) => return vec![missing],
    };
    let Some(cookie) = session_cookie(response) else {
        let others: Vec<String> = response.header_values("set-cookie").map(shown).collect();
        let actual = if others.is_empty() {
            format!("no Set-Cookie header; status {}", response.status)
        } else {
            others.join(" and ")
        };
        return vec![Mismatch::new(
            "Set-Cookie",
            "session_id=<session id>; Path=/",
            actual,
        )];
    };
    let mut mismatches = Vec::new();
    if cookie.id.is_empty() {
        mismatches.push(Mismatch::new("cookie session_id", "a session id", "empty"));
    }
    if cookie.path.as_deref() != Some("/") {
        let path = cookie
            .path
            .as_deref()
            .map_or_else(|| "none".to_owned(), shown);
        mismatches.push(Mismatch::new("Path of the cookie", "/", path));
    }
    if let Some(expired) = cookie.expired {
        mismatches.push(Mismatch::new("life of the cookie", "not expired", expired));
    }
    mismatches
}

/// What keeps a browser from sending the cookie of an answer back to the target at `base`
/// (RFC 6265, section 5.3: a domain that does not cover the host is no cookie at all).
pub fn cookie_for(exchange: &Exchange, base: &url::Url) -> Vec<Mismatch> {
    let wanted = "an answer that sets the cookie session_id";
    let response = match answered(exchange, wanted) {
        Ok(response) => response,
        Err(missing) => return vec![missing],
    };
    let Some(cookie) = session_cookie(response) else {
        return vec![Mismatch::new("Set-Cookie", wanted, "no cookie session_id")];
    };
    let host = base.host_str().unwrap_or_default().to_ascii_lowercase();
    let Some(domain) = cookie.domain.filter(|domain| !domain.is_empty()) else {
        return Vec::new();
    };
    let is_name = matches!(base.host(), Some(url::Host::Domain(_)));
    let covers = domain == host || (is_name && host.ends_with(&format!(".{domain}")));
    if covers {
        Vec::new()
    } else {
        vec![Mismatch::new(
            "Domain of the cookie",
            format!("none, or {host}"),
            shown(&domain),
        )]
    }
}

/// What the cookie of an answer lacks to be out of reach for scripts and other sites.
pub fn protected_session_cookie(exchange: &Exchange) -> Vec<Mismatch> {
    let wanted = "session_id with HttpOnly and SameSite";
    let response = match answered(exchange, wanted) {
        Ok(response) => response,
        Err(missing) => return vec![missing],
    };
    let Some(cookie) = session_cookie(response) else {
        return vec![Mismatch::new("Set-Cookie", wanted, "no cookie session_id")];
    };
    [
        ("HttpOnly", cookie.http_only),
        ("SameSite", cookie.same_site),
    ]
    .into_iter()
    .filter(|(_, present)| !present)
    .map(|(name, _)| Mismatch::new(format!("{name} of the cookie"), "present", "absent"))
    .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{expiry, read};

    #[test]
    fn attributes_come_in_any_order_and_case() {
        let cookie = read("session_id=\"a-b\" ;HTTPONLY; samesite=lax;  PATH=/; Secure").unwrap();
        assert_eq!(
            (cookie.value.as_str(), cookie.id.as_str()),
            ("\"a-b\"", "a-b")
        );
        assert_eq!(cookie.path.as_deref(), Some("/"));
        assert!(cookie.http_only && cookie.same_site);
        assert_eq!(cookie.expired, None);
    }

    #[test]
    fn other_names_are_other_cookies() {
        assert_eq!(read("Session_id=a"), None);
        assert_eq!(read("session_id"), None);
        assert_eq!(read("session_id2=a"), None);
    }

    #[test]
    fn an_expired_cookie_is_seen_in_either_attribute() {
        assert_eq!(expiry(Some("0"), None).as_deref(), Some("Max-Age=0"));
        assert_eq!(
            expiry(Some("60"), Some("Thu, 01 Jan 1970 00:00:00 GMT")),
            None
        );
        assert!(expiry(None, Some("Thu, 01 Jan 1970 00:00:00 GMT")).is_some());
        assert!(expiry(None, Some("Thu, 01-Jan-1970 00:00:00 GMT")).is_some());
        assert_eq!(expiry(None, Some("Fri, 31 Dec 2999 23:59:59 GMT")), None);
        assert_eq!(expiry(None, Some("soon")), None);
    }

    proptest! {
        #[test]
        fn any_header_is_survived(header in ".*") {
            let _ = read(&header);
            let _ = read(&format!("session_id={header}; Expires={header}; Max-Age={header}"));
        }
    }
}
