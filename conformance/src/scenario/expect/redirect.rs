//! The redirect after a logout.

use url::{Host, Url};

use super::{Status, answered, shown, status};
use crate::http::{Exchange, Mismatch};

/// What is wrong with an answer that should send the client to `GET /` of the target at `base`,
/// and where it sends the client if nothing is.
///
/// 302 and 303 do that. 307 and 308 would repeat the DELETE, 301 and 308 may be kept for ever.
/// Under a path prefix both the prefix and `/` are the root.
///
/// # Errors
/// When it sends the client nowhere, or elsewhere.
pub fn redirect_to_root(exchange: &Exchange, base: &Url) -> Result<Url, Vec<Mismatch>> {
    let mut mismatches = status(exchange, &Status::OneOf(vec![302, 303]));
    let Ok(response) = answered(exchange, "") else {
        return Err(mismatches);
    };
    let wanted = root(base);
    let Some(location) = response.header("location") else {
        mismatches.push(Mismatch::new("Location", wanted.as_str(), "no such header"));
        return Err(mismatches);
    };
    let sent_to = Url::parse(&exchange.request.url).and_then(|url| url.join(location));
    match sent_to {
        Ok(url) if is_root(&url, base) => {
            if mismatches.is_empty() {
                return Ok(url);
            }
        }
        Ok(url) => mismatches.push(Mismatch::new(
            "Location",
            format!("{wanted} (relative or absolute)"),
            format!("{} (which is {})", shown(location), shown(url.as_str())),
        )),
        Err(error) => mismatches.push(Mismatch::new(
            "Location",
            wanted.as_str(),
            format!("{} ({error})", shown(location)),
        )),
    }
    Err(mismatches)
}

fn root(base: &Url) -> Url {
    let mut root = base.clone();
    let path = format!("{}/", base.path().trim_end_matches('/'));
    root.set_path(&path);
    root.set_query(None);
    root.set_fragment(None);
    root
}

fn is_root(url: &Url, base: &Url) -> bool {
    let prefix = base.path().trim_end_matches('/');
    let path = url.path();
    same_place(url, base) && (path == "/" || path.trim_end_matches('/') == prefix)
}

/// The same scheme, host and port; a server that calls itself `localhost` means its own machine,
/// whichever loopback address it was asked at.
fn same_place(url: &Url, base: &Url) -> bool {
    let loopback = |url: &Url| match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unspecified(),
        None => false,
    };
    url.scheme() == base.scheme()
        && url.port_or_known_default() == base.port_or_known_default()
        && (url.host() == base.host() || (loopback(url) && loopback(base)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::Url;

    use super::redirect_to_root;
    use crate::http::{Exchange, Response, SentRequest};

    fn target(base: &str, status: u16, location: Option<&str>) -> Option<String> {
        let exchange = Exchange {
            request: SentRequest {
                way: std::sync::Arc::default(),
                method: "DELETE".to_owned(),
                url: format!("{}/sessions", base.trim_end_matches('/')),
                headers: Vec::new(),
                body: None,
            },
            answer: Ok(Response {
                version: "HTTP/1.1".to_owned(),
                status,
                headers: location
                    .map(|l| ("location".to_owned(), l.to_owned()))
                    .into_iter()
                    .collect(),
                body: Vec::new(),
                body_problem: None,
            }),
            duration: Duration::ZERO,
            fixture: false,
            departure: None,
        };
        redirect_to_root(&exchange, &Url::parse(base).unwrap())
            .ok()
            .map(|url| url.to_string())
    }

    #[test]
    fn relative_and_absolute_forms_reach_the_root() {
        let base = "http://127.0.0.1:5000";
        for location in [
            "/",
            "http://127.0.0.1:5000",
            "http://127.0.0.1:5000/",
            "//127.0.0.1:5000/",
            "./",
            "/?",
            "http://localhost:5000/",
        ] {
            assert!(target(base, 302, Some(location)).is_some(), "{location}");
        }
        assert!(target(base, 303, Some("/")).is_some());
    }

    #[test]
    fn other_places_other_hosts_and_other_statuses_are_no_answer() {
        let base = "http://127.0.0.1:5000";
        for location in [
            "/login",
            "http://127.0.0.1:5001/",
            "https://example.com/",
            "",
            "/sessions",
            "http://[",
        ] {
            assert_eq!(target(base, 302, Some(location)), None, "{location}");
        }
        for status in [200, 301, 307, 308, 204] {
            assert_eq!(target(base, status, Some("/")), None, "{status}");
        }
        assert_eq!(target(base, 302, None), None);
    }

    #[test]
    fn a_prefix_may_be_named_or_left_out() {
        let base = "http://127.0.0.1:5000/api/v1";
        for location in ["/", "/api/v1", "/api/v1/", "./"] {
            assert!(target(base, 302, Some(location)).is_some(), "{location}");
        }
        assert_eq!(target(base, 302, Some("/api")), None);
    }
}
