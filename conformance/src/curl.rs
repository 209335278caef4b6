//! An exchange as a curl command that repeats it.

use crate::transcript::SentRequest;

const FORM: &str = "application/x-www-form-urlencoded";

/// The command that sends the same request again, fit for a POSIX shell.
///
/// Headers that curl sends by itself are left out, so that what remains is what matters.
pub fn command(request: &SentRequest) -> String {
    let mut words = vec!["curl".to_owned(), "-i".to_owned()];
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
        if !own {
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
        }
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
