//! Values that the document lets everybody have, and that a careless server cannot deal with.

use super::{Subject, cookies::writing};
use crate::proxy::{Answer, Ask, Case};

/// What a server cannot deal with: in which case, which requests, and what it answers them.
struct Value(
    &'static str,
    &'static str,
    Case,
    fn(&Ask) -> bool,
    u16,
    &'static [&'static str],
);

const VALUES: [Value; 13] = [
    Value(
        "value-password-0",
        "The password 0 counts as missing, as an empty check of PHP has it.",
        Case::Register,
        |ask| password(ask) == "0",
        400,
        &["WALK-1"],
    ),
    Value(
        "value-password-is-email",
        "A registration refuses a password that is the email.",
        Case::Register,
        |ask| password(ask) == email(ask),
        400,
        &["WALK-1"],
    ),
    Value(
        "value-password-digits",
        "A registration refuses a password of digits only.",
        Case::Register,
        |ask| password(ask).chars().all(|c| c.is_ascii_digit()),
        400,
        &["WALK-1"],
    ),
    Value(
        "value-password-72",
        "A registration refuses a password of 72 bytes, one too early.",
        Case::Register,
        |ask| password(ask).len() == 72,
        400,
        &["WALK-1"],
    ),
    Value(
        "value-password-encoded-72",
        "The limit of 72 bytes is measured before the form is decoded.",
        Case::Register,
        |ask| ask.body.len() > 72 + 60 && password(ask).len() < 72,
        400,
        &["WALK-1"],
    ),
    Value(
        "value-new-password-72",
        "An update fails with a password of 72 bytes.",
        Case::Update,
        |ask| new_password(ask).len() == 72,
        500,
        &["WALK-1"],
    ),
    Value(
        "value-new-password-0",
        "The new password 0 counts as missing.",
        Case::Update,
        |ask| new_password(ask) == "0",
        400,
        &["WALK-1"],
    ),
    Value(
        "value-email-apostrophe-ask",
        "A request for a token doubles apostrophes before it looks the email up.",
        Case::Reset,
        |ask| email(ask).contains('\''),
        403,
        &["WALK-1"],
    ),
    Value(
        "value-email-apostrophe-login",
        "A login with an apostrophe in the email fails in the query.",
        Case::Login,
        |ask| email(ask).contains('\''),
        500,
        &["WALK-1"],
    ),
    Value(
        "value-email-percent-update",
        "An update fails with a percent sign in the email, as its message is a format.",
        Case::Update,
        |ask| email(ask).contains('%'),
        500,
        &["WALK-1"],
    ),
    Value(
        "value-email-80",
        "A registration refuses an email of more than 80 characters.",
        Case::Register,
        |ask| email(ask).len() > 80,
        400,
        &["WALK-1"],
    ),
    Value(
        "value-email-top-level",
        "A registration refuses top-level domains of more than six letters.",
        Case::Register,
        |ask| {
            email(ask)
                .rsplit('.')
                .next()
                .is_some_and(|top| top.len() > 6)
        },
        400,
        &["WALK-1"],
    ),
    Value(
        "value-session-long",
        "A session cookie of more than 70 characters fails.",
        Case::ProfileBad,
        |ask| ask.session().is_some_and(|id| id.len() > 70),
        500,
        &["WALK-1"],
    ),
];

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults: Vec<Subject> = VALUES.iter().map(value).collect();
    faults.extend(written());
    faults.extend(domains());
    faults
}

fn value(Value(id, sentence, when, is, status, caught_by): &Value) -> Subject {
    let (is, status) = (*is, *status);
    Subject::fault(id, sentence, caught_by)
        .instead([*when], move |ask, _| is(ask).then(|| Answer::page(status)))
}

/// Emails that are shown otherwise than they are.
fn written() -> Vec<Subject> {
    let shown = |id, sentence, when: Case, write: fn(&str) -> String| {
        Subject::fault(id, sentence, &["WALK-1"]).at([when], move |_, answer, _| {
            let email = answer.member("email").unwrap_or_default();
            answer.map_payload(|payload| payload["email"] = serde_json::json!(write(&email)));
        })
    };
    vec![
        shown(
            "written-as-markup",
            "A profile shows the email as HTML has it.",
            Case::Profile,
            |email| email.replace('&', "&amp;").replace('\'', "&#x27;"),
        ),
        shown(
            "written-to-a-bar",
            "A profile shows the email up to the first bar in it.",
            Case::Profile,
            |email| email.split('|').next().unwrap_or_default().to_owned(),
        ),
        shown(
            "written-in-64",
            "A login shows the first 64 characters of the email.",
            Case::Login,
            |email| email.chars().take(64).collect(),
        ),
        shown(
            "written-decoded",
            "A request for a token shows the email decoded once more.",
            Case::Reset,
            |email| email.replace('+', " "),
        ),
    ]
}

fn domains() -> Vec<Subject> {
    vec![
        writing(
            "cookie-domain-of-another",
            "The session cookie is for another domain.",
            &["LOGIN-13"],
            |id| format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax; Domain=example.com"),
        ),
        writing(
            "cookie-domain-unspecified",
            "The session cookie is for the address that the server listens on, 0.0.0.0.",
            &["LOGIN-13"],
            |id| format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax; Domain=0.0.0.0"),
        ),
    ]
}

fn email(ask: &Ask) -> String {
    ask.field("email").unwrap_or_default()
}

fn password(ask: &Ask) -> String {
    ask.field("password").unwrap_or_default()
}

fn new_password(ask: &Ask) -> String {
    ask.field("new_password").unwrap_or_default()
}
