//! One cookie among those that a request brings.

use hyper::HeaderMap;
use hyper::header::COOKIE;

/// The value of the first cookie of that name, without the quotes that some clients put around
/// it; `None` if there is none. Other cookies, however odd, do not stand in its way.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get_all(COOKIE).iter().find_map(|header| {
        header
            .as_bytes()
            .split(|byte| *byte == b';')
            .find_map(|pair| {
                let mut halves = pair.splitn(2, |byte| *byte == b'=');
                let found = halves.next()?.trim_ascii() == name.as_bytes();
                let value = halves.next()?.trim_ascii();
                let unquoted = value
                    .strip_prefix(b"\"")
                    .and_then(|value| value.strip_suffix(b"\""));
                found.then(|| String::from_utf8_lossy(unquoted.unwrap_or(value)).into_owned())
            })
    })
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn session_id(lines: &[&[u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(COOKIE, HeaderValue::from_bytes(line).unwrap());
        }
        cookie(&headers, "session_id")
    }

    #[test]
    fn it_is_found_alone_quoted_and_among_others() {
        for line in [
            &b"session_id=abc"[..],
            b"session_id=\"abc\"",
            b"theme=dark; session_id=abc; lang=fr",
            b"theme=dark;session_id=abc",
            b"  session_id = abc ",
            b"=; ;nothing;session_id=abc",
            b"name=\xff\xfe; session_id=abc",
            b"session_id=abc; session_id=second",
        ] {
            let shown = String::from_utf8_lossy(line);
            assert_eq!(session_id(&[line]).as_deref(), Some("abc"), "{shown}");
        }
    }

    #[test]
    fn it_is_found_on_a_second_line() {
        let found = session_id(&[b"theme=dark", b"session_id=abc"]);
        assert_eq!(found.as_deref(), Some("abc"));
    }

    #[test]
    fn other_names_are_other_cookies() {
        for line in [
            &b""[..],
            b"Session_id=abc",
            b"session_id",
            b"xsession_id=abc",
            b"theme=session_id=abc",
        ] {
            let shown = String::from_utf8_lossy(line);
            assert_eq!(session_id(&[line]), None, "{shown}");
        }
    }

    #[test]
    fn an_empty_value_is_a_value() {
        assert_eq!(session_id(&[b"session_id="]).as_deref(), Some(""));
    }

    proptest! {
        #[test]
        fn no_header_panics(line in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(value) = HeaderValue::from_bytes(&line) {
                let mut headers = HeaderMap::new();
                headers.append(COOKIE, value);
                cookie(&headers, "session_id");
            }
        }

        #[test]
        fn a_value_survives_whatever_stands_around_it(
            before in "[ -:<-~]{0,30}", after in "[ -~]{0,30}", value in "[0-9a-f-]{1,36}"
        ) {
            prop_assume!(!before.trim_start().starts_with("session_id"));
            let line = format!("{before}; session_id={value}; {after}");
            prop_assert_eq!(session_id(&[line.as_bytes()]), Some(value));
        }
    }
}
