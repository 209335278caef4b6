//! Forms: each row of the table is a way to misread one.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("spelling-lower-digits", "Percent-encodings with digits in lower case are not decoded.",
     &["WALK-1"], ANY, Form(upper_digits_only)),
    ("spelling-names-encoded", "Names of fields are not decoded.",
     &["WALK-1"], ANY, Form(plain_names_only)),
    ("spelling-names-encoded-update", "An update does not decode the names of its fields.",
     &["WALK-1"], UPDATES, Form(plain_names_only)),
    ("spelling-plus-update", "An update does not decode plus signs.",
     &["UPDATE-2"], UPDATES, Form(|request| request.text().replace('+', "%2B"))),
    ("spelling-plus-login", "A login does not decode plus signs.",
     &["UPDATE-2"], LOGINS, Form(|request| request.text().replace('+', "%2B"))),
    ("spelling-percent-20", "A blank written as %20 is taken for a plus sign.",
     &["REG-4"], ANY, Form(|request| request.text().replace("%20", "%2B"))),
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
     &["WALK-1"], UPDATES, Fields(|fields| by_place(fields, &["email", "reset_token", "new_password"]))),
    ("spelling-by-place-login", "A login takes its fields by their place in the form.",
     &["WALK-1"], LOGINS, Fields(|fields| by_place(fields, &["email", "password"]))),
    ("spelling-further-fields-ask", "A request for a token with further fields finds nobody.",
     &["WALK-1"], TOKENS, Form(|request| no_further(request, &["email"]))),
    ("spelling-further-fields-register",
     "A registration with further fields has none that is known.",
     &["WALK-1"], REGISTRATIONS, Form(|request| no_further(request, &["email", "password"]))),
    ("spelling-unanchored-login",
     "A login finds its password by an unanchored search, in old_password as well.",
     &["WALK-1"], LOGINS, Fields(|mut fields| {
         // The greedy search finds the last.
         let last = fields.iter().rfind(|(name, _)| name.ends_with("password")).cloned();
         fields.retain(|(name, _)| name != "password");
         fields.extend(last.map(|(_, value)| ("password".to_owned(), value)));
         fields
     })),
    ("spelling-password-preferred", "An update prefers a further field password to new_password.",
     &["WALK-1"], UPDATES, Before(|_, request, _| {
         let further = request.field("password")?;
         request.set_field("new_password", &further);
         None
     })),
    ("spelling-256-bytes", "Only the first 256 bytes of a form are read.",
     &["WALK-1"], ANY, Form(|request| request.text().chars().take(256).collect())),
];

fn upper_digits_only(request: &Request) -> String {
    let text = request.text();
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
    let text = request.text();
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
        request.text()
    }
}

/// These names with the values in their order.
fn by_place(fields: Vec<(String, String)>, names: &[&str]) -> Vec<(String, String)> {
    let values = fields.into_iter().map(|(_, value)| value);
    let names = names.iter().map(|name| (*name).to_owned());
    names.zip(values).collect()
}

fn no_further(request: &Request, names: &[&str]) -> String {
    let further = request
        .fields()
        .iter()
        .any(|(name, _)| !names.contains(&name.as_str()));
    if further {
        "email=nobody%40example.com&password=".to_owned()
    } else {
        request.text()
    }
}
