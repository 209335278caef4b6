//! Spellings: ways to write one and the same request.

use std::fmt::Write as _;

/// A way to write a request that changes nothing of its meaning.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Spelling {
    /// As a browser or curl writes it, on a connection of its own.
    #[default]
    Plain,
    /// The form's fields in the opposite order.
    Reordered,
    /// Further fields that the document does not know, before and after.
    FurtherFields,
    /// Nothing encoded that need not be, as people write it for `curl -d`.
    Bare,
    /// Blanks as `%20` instead of `+`.
    PercentBlanks,
    /// Every byte of a value percent-encoded.
    Encoded,
    /// The same with digits in lower case.
    LowerDigits,
    /// Field names percent-encoded.
    EncodedNames,
    /// A `charset` parameter of the media type.
    Charset,
    /// Other cookies before the session's.
    CookiesBefore,
    /// Other cookies after the session's.
    CookiesAfter,
    /// Another cookie whose value has equals signs, and one that is named alike.
    CookiesAlike,
    /// Another cookie whose value is quoted and has blanks.
    CookiesQuoted,
    /// Other cookies whose values have blanks and a single quote.
    CookiesBlank,
    /// What a browser adds of its own: where it comes from, who it is, what it likes to read.
    Browser,
    /// A connection that was used before, by whoever came last.
    KeptConnection,
    /// All of these at once.
    Everything,
}

/// The spellings of a form, one class each.
pub const OF_FORMS: [Spelling; 10] = [
    Spelling::Reordered,
    Spelling::FurtherFields,
    Spelling::Bare,
    Spelling::PercentBlanks,
    Spelling::Encoded,
    Spelling::LowerDigits,
    Spelling::EncodedNames,
    Spelling::Charset,
    Spelling::Browser,
    Spelling::KeptConnection,
];

/// The spellings of a cookie header, one class each.
pub const OF_COOKIES: [Spelling; 7] = [
    Spelling::CookiesBefore,
    Spelling::CookiesAfter,
    Spelling::CookiesAlike,
    Spelling::CookiesQuoted,
    Spelling::CookiesBlank,
    Spelling::Browser,
    Spelling::KeptConnection,
];

/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

impl Spelling {
    fn is(self, one: Self) -> bool {
        self == one || self == Self::Everything
    }

    /// The form's body and its media type. `planted` is a UUID that further fields carry under
    /// the names of a user's attributes.
    pub fn form(self, fields: &[(&str, &str)], planted: &str) -> (String, &'static str) {
        let documented = fields;
        let mut fields = documented.to_vec();
        if self.is(Self::FurtherFields) {
            let before = [
                ("utf8", "✓"),
                ("id", "1"),
                ("session_id", planted),
                ("old_password", "a further old password"),
            ];
            let after = [
                ("reset_token", planted),
                ("hashed_password", "x"),
                ("password", "a further password"),
                ("new_password", "a further new password"),
                ("username", "x"),
                ("tag", "one"),
                ("tag", "another"),
                ("submit", "Send"),
            ];
            let is_further = |name| documented.iter().all(|(known, _)| *known != name);
            let before = before.into_iter().filter(|(name, _)| is_further(*name));
            let after = after.into_iter().filter(|(name, _)| is_further(*name));
            fields = before.chain(fields).chain(after).collect();
        }
        if self.is(Self::Reordered) {
            fields.reverse();
        }
        let name = |name: &str| {
            if self.is(Self::EncodedNames) {
                percent(name, false)
            } else {
                encode(name)
            }
        };
        let value = |value: &str| match self {
            Self::Encoded => percent(value, false),
            Self::LowerDigits | Self::Everything => percent(value, true),
            Self::Bare => bare(value),
            Self::PercentBlanks => encode(value).replace('+', "%20"),
            _ => encode(value),
        };
        let pairs: Vec<String> = fields
            .iter()
            .map(|(key, text)| format!("{}={}", name(key), value(text)))
            .collect();
        let media_type = if self.is(Self::Charset) {
            "application/x-www-form-urlencoded; charset=UTF-8"
        } else {
            FORM
        };
        (pairs.join("&"), media_type)
    }

    /// The `Cookie` header with this session, or with none.
    pub fn cookies(self, session: Option<&str>) -> Option<String> {
        let own = session.map(|id| format!("session_id={id}"));
        let mut all = Vec::new();
        if self.is(Self::CookiesBefore) {
            all.extend(["theme=dark", "banner=", "lang=en-GB"]);
        }
        if self.is(Self::CookiesAlike) {
            all.extend([
                "ref=a=b&session_id=c==",
                "session=abc",
                "xsession_id=abc",
                "session-id=abc",
                "email=nobody@example.com",
            ]);
        }
        if self.is(Self::CookiesQuoted) {
            all.push("note=\"two words, one note\"");
        }
        if self.is(Self::CookiesBlank) {
            all.extend(["consent=yes session_id=no", "size=5\"", "zoom=100%"]);
        }
        all.extend(own.as_deref());
        if self.is(Self::CookiesAfter) {
            all.extend(["_ga=GA1.2.3", "session_id_old=abc"]);
        }
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// What a browser on a page of the target at `base` adds.
    pub fn headers(self, base: &str) -> Vec<(&'static str, String)> {
        if !self.is(Self::Browser) {
            return Vec::new();
        }
        vec![
            (
                "referer",
                format!("{}/profile?from=here", base.trim_end_matches('/')),
            ),
            ("accept-language", "fr-FR,fr;q=0.9,en;q=0.5".to_owned()),
            (
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
            ),
        ]
    }

    /// Whether it goes on a connection that was used before.
    pub fn keeps_connection(self) -> bool {
        self.is(Self::KeptConnection)
    }

    /// How a story tells of it; nothing where it is plain.
    pub fn describe(self) -> Option<&'static str> {
        Some(match self {
            Self::Plain => return None,
            Self::Reordered => "the fields in another order",
            Self::FurtherFields => "with further fields",
            Self::Bare => "with nothing encoded that need not be",
            Self::PercentBlanks => "blanks as %20",
            Self::Encoded => "every byte percent-encoded",
            Self::LowerDigits => "percent-encoded in lower case",
            Self::EncodedNames => "field names percent-encoded",
            Self::Charset => "with a charset",
            Self::CookiesBefore => "other cookies before the session's",
            Self::CookiesAfter => "other cookies after the session's",
            Self::CookiesAlike => "with cookies that are named alike",
            Self::CookiesQuoted => "with a quoted cookie",
            Self::CookiesBlank => "with blanks and a quote in other cookies",
            Self::Browser => "with the headers of a browser",
            Self::KeptConnection => "on a connection that was used before",
            Self::Everything => "in the most unusual spelling",
        })
    }
}

/// As a form is usually written: blanks as `+`.
fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Only what would mean something else, or is no printable ASCII.
fn bare(text: &str) -> String {
    let keep = |c: char| c.is_ascii_graphic() && !"%&+#;".contains(c);
    text.chars()
        .map(|c| {
            if keep(c) {
                c.to_string()
            } else {
                encode(&c.to_string())
            }
        })
        .collect()
}

/// Every byte as `%XX`.
fn percent(text: &str, lower: bool) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = if lower {
            write!(encoded, "%{byte:02x}")
        } else {
            write!(encoded, "%{byte:02X}")
        };
        encoded
    })
}
