//! Forms: each row of the table is a way to misread one.

use hyper::header;

use crate::proof::{
    proxy::Request,
    subject::{
        documented::{LOGINS, REGISTRATIONS, TOKENS, UPDATES},
        edits::{ANY, Edit::Form, Row},
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("spelling-lower-digits", "Percent-encodings with digits in lower case are not decoded.",
     &["WALK-1"], ANY, Form(upper_digits_only)),
    ("spelling-names-encoded", "Names of fields are not decoded.",
     &["WALK-1"], ANY, Form(plain_names_only)),
    ("spelling-names-encoded-update", "An update does not decode the names of its fields.",
     &["WALK-1"], UPDATES, Form(plain_names_only)),
    ("spelling-plus-update", "An update does not decode plus signs.",
     &["UPDATE-2"], UPDATES, Form(|request| text(request).replace('+', "%2B"))),
    ("spelling-plus-login", "A login does not decode plus signs.",
     &["UPDATE-2"], LOGINS, Form(|request| text(request).replace('+', "%2B"))),
    ("spelling-percent-20", "A blank written as %20 is taken for a plus sign.",
     &["REG-4"], ANY, Form(|request| text(request).replace("%20", "%2B"))),
    ("spelling-charset-login", "A login with a parameter of the media type has no fields.",
     &["WALK-1"], LOGINS, Form(without_parameter)),
    ("spelling-charset-register",
     "A registration with a parameter of the media type has no fields.",
     &["WALK-1"], REGISTRATIONS, Form(without_parameter)),
    ("spelling-charset-ask",
     "A request for a token with a parameter of the media type has no fields.",
     &["WALK-1"], TOKENS, Form(without_parameter)),
    ("spelling-charset-update", "An update with a parameter of the media type has no fields.",
     &["WALK-1"], UPDATES, Form(without_parameter)),
    ("spelling-by-place-update", "An update takes its fields by their place in the form.",
     &["WALK-1"], UPDATES, Form(|request| by_place(request, &["email", "reset_token", "new_password"]))),
    ("spelling-by-place-login", "A login takes its fields by their place in the form.",
     &["WALK-1"], LOGINS, Form(|request| by_place(request, &["email", "password"]))),
    ("spelling-further-fields-ask", "A request for a token with further fields finds nobody.",
     &["WALK-1"], TOKENS, Form(|request| no_further(request, &["email"]))),
    ("spelling-further-fields-register",
     "A registration with further fields has none that is known.",
     &["WALK-1"], REGISTRATIONS, Form(|request| no_further(request, &["email", "password"]))),
    ("spelling-unanchored-login",
     "A login finds its password by an unanchored search, in old_password as well.",
     &["WALK-1"], LOGINS, Form(|request| ending_in(request, "password"))),
    ("spelling-password-preferred", "An update prefers a further field password to new_password.",
     &["WALK-1"], UPDATES, Form(|request| preferring(request, "password", "new_password"))),
    ("spelling-256-bytes", "Only the first 256 bytes of a form are read.",
     &["WALK-1"], ANY, Form(|request| text(request).chars().take(256).collect())),
];

fn text(request: &Request) -> String {
    String::from_utf8_lossy(&request.body).into_owned()
}

fn encoded(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn upper_digits_only(request: &Request) -> String {
    let text = text(request);
    let mut pieces = text.split('%');
    let mut read = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.get(..2).unwrap_or_default();
        let is_lower = digits.contains(|c: char| c.is_ascii_lowercase());
        read.push_str(if is_lower { "%25" } else { "%" });
        read.push_str(piece);
    }
    read
}

fn plain_names_only(request: &Request) -> String {
    let text = text(request);
    let is_plain = |pair: &&str| !pair.split('=').next().unwrap_or_default().contains('%');
    text.split('&')
        .filter(is_plain)
        .collect::<Vec<_>>()
        .join("&")
}

fn without_parameter(request: &Request) -> String {
    let media_type = request.headers.get(header::CONTENT_TYPE);
    let has_parameter = media_type.is_some_and(|full| full.as_bytes().contains(&b';'));
    if has_parameter {
        String::new()
    } else {
        text(request)
    }
}

fn by_place(request: &Request, names: &[&str]) -> String {
    let values = request.fields().into_iter().map(|(_, value)| value);
    let fields: Vec<_> = names
        .iter()
        .map(|name| (*name).to_owned())
        .zip(values)
        .collect();
    encoded(&fields)
}

fn no_further(request: &Request, names: &[&str]) -> String {
    let further = request
        .fields()
        .iter()
        .any(|(name, _)| !names.contains(&name.as_str()));
    if further {
        "email=nobody%40example.com&password=".to_owned()
    } else {
        text(request)
    }
}

fn ending_in(request: &Request, name: &str) -> String {
    let mut fields = request.fields();
    // The greedy search finds the last.
    let last = fields
        .iter()
        .rev()
        .find(|(key, _)| key.ends_with(name))
        .cloned();
    fields.retain(|(key, _)| key != name);
    fields.extend(last.map(|(_, value)| (name.to_owned(), value)));
    encoded(&fields)
}

fn preferring(request: &Request, preferred: &str, name: &str) -> String {
    let mut changed = request.clone();
    if let Some(value) = request.field(preferred) {
        changed.set_field(name, &value);
    }
    text(&changed)
}
