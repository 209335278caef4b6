//! A form body, `application/x-www-form-urlencoded`: fields by name.
//!
//! Read as the URL standard reads it (`+` is a blank, a `%` that begins no escape is itself), but
//! for two things it would gloss over: bytes that are no UTF-8 are an error, or different
//! passwords could become equal ones, and so is a field that comes twice.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// The fields of a form, in the order they came.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    fields: Vec<(String, String)>,
}

/// Why a form, or a field of it, cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// The decoded bytes are no text.
    #[error("The form is not valid UTF-8.")]
    NotUtf8,
    /// The field comes more than once, and which one is meant is anybody's guess.
    #[error("The form has the field \"{0}\" more than once.")]
    Repeated(&'static str),
}

impl std::fmt::Debug for Form {
    /// Shows names only: the values are passwords and tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.fields.iter().map(|(name, _)| name))
            .finish()
    }
}

impl Form {
    /// Reads a body.
    pub fn parse(body: &[u8]) -> Result<Self, FormError> {
        let fields = body
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let end = pair.iter().position(|byte| *byte == b'=');
                let (name, value) = match end {
                    Some(end) => (&pair[..end], &pair[end + 1..]),
                    None => (pair, &[][..]),
                };
                Ok((decode(name)?, decode(value)?))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { fields })
    }

    /// The value of a field, `None` if there is no such field.
    pub fn field(&self, name: &'static str) -> Result<Option<&str>, FormError> {
        let mut values = self.fields.iter().filter(|field| field.0 == name);
        let first = values.next().map(|field| &*field.1);
        match values.next() {
            None => Ok(first),
            Some(_) => Err(FormError::Repeated(name)),
        }
    }
}

fn decode(encoded: &[u8]) -> Result<String, FormError> {
    let blanks = if encoded.contains(&b'+') {
        let replaced = encoded.iter().map(|byte| match byte {
            b'+' => b' ',
            other => *other,
        });
        Cow::Owned(replaced.collect::<Vec<_>>())
    } else {
        Cow::Borrowed(encoded)
    };
    let bytes: Cow<'_, [u8]> = percent_decode(&blanks).into();
    String::from_utf8(bytes.into_owned()).map_err(|_| FormError::NotUtf8)
}

#[cfg(test)]
mod tests {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    fn field<'a>(form: &'a Form, name: &'static str) -> Option<&'a str> {
        form.field(name).unwrap()
    }

    #[test]
    fn escapes_and_blanks_are_decoded() {
        let form = Form::parse(b"email=bob%2Bx%40me.com&password=a+b%26c%3Dd%25e%C3%A9").unwrap();
        assert_eq!(field(&form, "email"), Some("bob+x@me.com"));
        assert_eq!(field(&form, "password"), Some("a b&c=d%eé"));
    }

    #[test]
    fn a_percent_sign_that_begins_no_escape_is_itself() {
        let form = Form::parse(b"password=100%&email=%zz").unwrap();
        assert_eq!(field(&form, "password"), Some("100%"));
        assert_eq!(field(&form, "email"), Some("%zz"));
    }

    #[test]
    fn missing_empty_and_repeated_fields_are_told_apart_from_good_ones() {
        let form = Form::parse(b"&email=&a=1&a=2&&b==&password").unwrap();
        assert_eq!(field(&form, "email"), Some(""));
        assert_eq!(field(&form, "password"), Some(""));
        assert_eq!(field(&form, "b"), Some("="));
        assert_eq!(field(&form, "c"), None);
        assert_eq!(form.field("a"), Err(FormError::Repeated("a")));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for body in [&b"password=%ff"[..], b"password=\xff", b"%c3=x"] {
            assert_eq!(Form::parse(body), Err(FormError::NotUtf8));
        }
    }

    #[test]
    fn debug_output_shows_no_value() {
        let form = Form::parse(b"password=canary").unwrap();
        assert_eq!(format!("{form:?}"), r#"["password"]"#);
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_read_back(value in ".+", blank_as_plus: bool) {
            let mut encoded = utf8_percent_encode(&value, NON_ALPHANUMERIC).to_string();
            if blank_as_plus {
                encoded = encoded.replace("%20", "+");
            }
            let form = Form::parse(format!("a=1&password={encoded}&b=2").as_bytes()).unwrap();
            prop_assert_eq!(field(&form, "password"), Some(value.as_str()));
        }

        #[test]
        fn no_body_panics(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(form) = Form::parse(&body) {
                let _ = form.field("email");
            }
        }
    }
}
