//! An exchange as a curl command that repeats it.

use crate::http::{REDACTED, SentRequest, Way};

const FORM: &str = "application/x-www-form-urlencoded";

/// The command that sends the same request again by the same way, fit for a POSIX shell. What the
/// user handed over is left to be filled in: `$X_API_KEY` stands for the value of the header
/// `x-api-key`.
///
/// Headers that curl sends by itself are left out, so that what remains is what matters.
pub fn command(request: &SentRequest) -> String {
    let mut words = vec!["curl".to_owned(), "-i".to_owned()];
    words.extend(way(&request.way));
    let implied = if request.body.is_some() {
        "POST"
    } else {
        "GET"
    };
    if request.method == "HEAD" {
        words.push("--head".to_owned());
    } else if request.method != implied {
        words.extend(["-X".to_owned(), request.method.clone()]);
    }
    words.push(quoted(&request.url));
    for (name, value) in &request.headers {
        let own = name.eq_ignore_ascii_case("user-agent")
            || name.eq_ignore_ascii_case("accept")
            || name.eq_ignore_ascii_case("content-length")
            || (name.eq_ignore_ascii_case("content-type") && value == FORM);
        if value == REDACTED {
            words.extend(["-H".to_owned(), format!("\"{name}: ${}\"", variable(name))]);
        } else if !own {
            words.extend(["-H".to_owned(), quoted(&format!("{name}: {value}"))]);
        }
    }
    if let Some(body) = &request.body {
        let typed = request
            .headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if !typed {
            words.extend(["-H".to_owned(), "Content-Type:".to_owned()]);
        }
        words.extend(["--data-raw".to_owned(), quoted(body)]);
    }
    words.join(" ")
}

fn way(way: &Way) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(path) = &way.certificates {
        words.extend(["--cacert".to_owned(), quoted(&path.display().to_string())]);
    }
    if way.insecure {
        words.push("--insecure".to_owned());
    }
    if let Some(proxy) = &way.proxy {
        // It may hold a password.
        let proxy = if proxy.contains('@') {
            "\"$PROXY\"".to_owned()
        } else {
            quoted(proxy)
        };
        words.extend(["--proxy".to_owned(), proxy]);
    }
    words
}

/// The variable that stands for a header's value.
fn variable(header: &str) -> String {
    let letter = |c: char| match c {
        _ if c.is_ascii_alphanumeric() => c.to_ascii_uppercase(),
        _ => '_',
    };
    let name: String = header.chars().map(letter).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

/// A word as a POSIX shell takes it literally.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@=%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn request(method: &str, headers: &[(&str, &str)], body: Option<&str>) -> SentRequest {
        SentRequest {
            method: method.to_owned(),
            url: "http://127.0.0.1:5000/users".to_owned(),
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.map(str::to_owned),
            way: Arc::default(),
        }
    }

    #[test]
    fn it_goes_the_way_that_the_run_was_told() {
        let mut profile = request("GET", &[("x-api-key", REDACTED)], None);
        profile.way = Arc::new(Way {
            certificates: Some("my ca.pem".into()),
            insecure: true,
            proxy: Some("http://127.0.0.1:8080".to_owned()),
        });
        assert_eq!(
            command(&profile),
            "curl -i --cacert 'my ca.pem' --insecure --proxy http://127.0.0.1:8080 http://127.0.0.1:5000/users -H \"x-api-key: $X_API_KEY\""
        );
        profile.way = Arc::new(Way {
            proxy: Some("http://me:secret@proxy".to_owned()),
            ..Way::default()
        });
        assert!(command(&profile).starts_with("curl -i --proxy \"$PROXY\" "));
    }

    #[test]
    fn a_form_is_what_curl_sends_by_itself() {
        let form = request(
            "POST",
            &[("content-type", FORM), ("user-agent", "authspec")],
            Some("email=a%40b&password=it's"),
        );
        assert_eq!(
            command(&form),
            r"curl -i http://127.0.0.1:5000/users --data-raw 'email=a%40b&password=it'\''s'"
        );
    }

    #[test]
    fn a_cookie_and_another_method_are_spelt_out() {
        let logout = request("DELETE", &[("cookie", "session_id=a b")], None);
        assert_eq!(
            command(&logout),
            "curl -i -X DELETE http://127.0.0.1:5000/users -H 'cookie: session_id=a b'"
        );
    }

    #[test]
    fn an_empty_body_stays_a_body_and_other_types_are_named() {
        assert_eq!(
            command(&request(
                "PUT",
                &[("content-type", "application/json")],
                Some("{}")
            )),
            "curl -i -X PUT http://127.0.0.1:5000/users -H 'content-type: application/json' --data-raw '{}'"
        );
        assert_eq!(
            command(&request("POST", &[], Some(""))),
            "curl -i http://127.0.0.1:5000/users -H Content-Type: --data-raw ''"
        );
    }
}
