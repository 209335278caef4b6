//! Forms: each row of the table is a way to misread one.

use hyper::header;

use super::Subject;
use crate::proxy::Ask;

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    FORMS.iter().map(form).collect()
}

/// How a server misreads: its id, its sentence, on which route (nothing is every one), what it
/// makes of the form's body.
struct Form(
    &'static str,
    &'static str,
    Option<(&'static str, &'static str)>,
    fn(&Ask) -> String,
    &'static [&'static str],
);

const REGISTER: Option<(&str, &str)> = Some(("POST", "/users"));

const LOG_IN: Option<(&str, &str)> = Some(("POST", "/sessions"));

const ASK: Option<(&str, &str)> = Some(("POST", "/reset_password"));

const UPDATE: Option<(&str, &str)> = Some(("PUT", "/reset_password"));

const FORMS: [Form; 17] = [
    Form(
        "spelling-lower-digits",
        "Percent-encodings with digits in lower case are not decoded.",
        None,
        upper_digits_only,
        &["WALK-1"],
    ),
    Form(
        "spelling-names-encoded",
        "Names of fields are not decoded.",
        None,
        plain_names_only,
        &["WALK-1"],
    ),
    Form(
        "spelling-names-encoded-update",
        "An update does not decode the names of its fields.",
        UPDATE,
        plain_names_only,
        &["WALK-1"],
    ),
    Form(
        "spelling-plus-update",
        "An update does not decode plus signs.",
        UPDATE,
        |ask| text(ask).replace('+', "%2B"),
        &["UPDATE-2"],
    ),
    Form(
        "spelling-plus-login",
        "A login does not decode plus signs.",
        LOG_IN,
        |ask| text(ask).replace('+', "%2B"),
        &["UPDATE-2"],
    ),
    Form(
        "spelling-percent-20",
        "A blank written as %20 is taken for a plus sign.",
        None,
        |ask| text(ask).replace("%20", "%2B"),
        &["REG-4"],
    ),
    Form(
        "spelling-charset-login",
        "A login with a parameter of the media type has no fields.",
        LOG_IN,
        without_parameter,
        &["WALK-1"],
    ),
    Form(
        "spelling-charset-register",
        "A registration with a parameter of the media type has no fields.",
        REGISTER,
        without_parameter,
        &["WALK-1"],
    ),
    Form(
        "spelling-charset-ask",
        "A request for a token with a parameter of the media type has no fields.",
        ASK,
        without_parameter,
        &["WALK-1"],
    ),
    Form(
        "spelling-charset-update",
        "An update with a parameter of the media type has no fields.",
        UPDATE,
        without_parameter,
        &["WALK-1"],
    ),
    Form(
        "spelling-by-place-update",
        "An update takes its fields by their place in the form.",
        UPDATE,
        |ask| by_place(ask, &["email", "reset_token", "new_password"]),
        &["WALK-1"],
    ),
    Form(
        "spelling-by-place-login",
        "A login takes its fields by their place in the form.",
        LOG_IN,
        |ask| by_place(ask, &["email", "password"]),
        &["WALK-1"],
    ),
    Form(
        "spelling-further-fields-ask",
        "A request for a token with further fields finds nobody.",
        ASK,
        |ask| no_further(ask, &["email"]),
        &["WALK-1"],
    ),
    Form(
        "spelling-further-fields-register",
        "A registration with further fields has none that is known.",
        REGISTER,
        |ask| no_further(ask, &["email", "password"]),
        &["WALK-1"],
    ),
    Form(
        "spelling-unanchored-login",
        "A login finds its password by an unanchored search, in old_password as well.",
        LOG_IN,
        |ask| ending_in(ask, "password"),
        &["WALK-1"],
    ),
    Form(
        "spelling-password-preferred",
        "An update prefers a further field password to new_password.",
        UPDATE,
        |ask| preferring(ask, "password", "new_password"),
        &["WALK-1"],
    ),
    Form(
        "spelling-256-bytes",
        "Only the first 256 bytes of a form are read.",
        None,
        |ask| text(ask).chars().take(256).collect(),
        &["WALK-1"],
    ),
];

fn form(Form(id, sentence, route, read, caught_by): &Form) -> Subject {
    let (route, read) = (*route, *read);
    Subject::fault(id, sentence, caught_by).before(move |_, ask, _| {
        let concerned = route.is_none_or(|(method, path)| ask.method == method && ask.path == path);
        if concerned && !ask.body.is_empty() {
            let form = read(ask);
            ask.set_form(form);
        }
        None
    })
}

fn text(ask: &Ask) -> String {
    String::from_utf8_lossy(&ask.body).into_owned()
}

fn encoded(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn upper_digits_only(ask: &Ask) -> String {
    let text = text(ask);
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

fn plain_names_only(ask: &Ask) -> String {
    let text = text(ask);
    let is_plain = |pair: &&str| !pair.split('=').next().unwrap_or_default().contains('%');
    text.split('&')
        .filter(is_plain)
        .collect::<Vec<_>>()
        .join("&")
}

fn without_parameter(ask: &Ask) -> String {
    let media_type = ask.headers.get(header::CONTENT_TYPE);
    let has_parameter = media_type.is_some_and(|full| full.as_bytes().contains(&b';'));
    if has_parameter {
        String::new()
    } else {
        text(ask)
    }
}

fn by_place(ask: &Ask, names: &[&str]) -> String {
    let values = ask.fields().into_iter().map(|(_, value)| value);
    let fields: Vec<_> = names
        .iter()
        .map(|name| (*name).to_owned())
        .zip(values)
        .collect();
    encoded(&fields)
}

fn no_further(ask: &Ask, names: &[&str]) -> String {
    let further = ask
        .fields()
        .iter()
        .any(|(name, _)| !names.contains(&name.as_str()));
    if further {
        "email=nobody%40example.com&password=".to_owned()
    } else {
        text(ask)
    }
}

fn ending_in(ask: &Ask, name: &str) -> String {
    let mut fields = ask.fields();
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

fn preferring(ask: &Ask, preferred: &str, name: &str) -> String {
    let mut changed = ask.clone();
    if let Some(value) = ask.field(preferred) {
        changed.set_field(name, &value);
    }
    text(&changed)
}
