//! Values that the document lets everybody have, and that a careless server cannot deal with.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("cookie-domain-of-another", "The session cookie is for another domain.",
     &["LOGIN-13"], &[Case::Login],
     Cookie("session_id={id}; Path=/; HttpOnly; SameSite=Lax; Domain=example.com")),
    ("cookie-domain-unspecified",
     "The session cookie is for the address that the server listens on, 0.0.0.0.",
     &["LOGIN-13"], &[Case::Login],
     Cookie("session_id={id}; Path=/; HttpOnly; SameSite=Lax; Domain=0.0.0.0")),
    ("written-as-markup", "A profile shows the email as HTML has it.",
     &["WALK-1"], &[Case::Profile], Email(|email| email.replace('&', "&amp;").replace('\'', "&#x27;"))),
    ("written-to-a-bar", "A profile shows the email up to the first bar in it.",
     &["WALK-1"], &[Case::Profile], Email(|email| email.split('|').next().unwrap_or_default().to_owned())),
    ("written-in-64", "A login shows the first 64 characters of the email.",
     &["WALK-1"], &[Case::Login], Email(|email| email.chars().take(64).collect())),
    ("written-decoded", "A request for a token shows the email decoded once more.",
     &["WALK-1"], &[Case::Reset], Email(|email| email.replace('+', " "))),
    ("value-password-0", "The password 0 counts as missing, as an empty check of PHP has it.",
     &["WALK-1"], &[Case::Register], Deny(400, |request, _| password(request) == "0")),
    ("value-password-is-email", "A registration refuses a password that is the email.",
     &["WALK-1"], &[Case::Register], Deny(400, |request, _| password(request) == email(request))),
    ("value-password-digits", "A registration refuses a password of digits only.",
     &["WALK-1"], &[Case::Register], Deny(400, |request, _| password(request).chars().all(|c| c.is_ascii_digit()))),
    ("value-password-72", "A registration refuses a password of 72 bytes, one too early.",
     &["WALK-1"], &[Case::Register], Deny(400, |request, _| password(request).len() == 72)),
    ("value-password-encoded-72", "The limit of 72 bytes is measured before the form is decoded.",
     &["WALK-1"], &[Case::Register],
     Deny(400, |request, _| request.body.len() > 72 + 60 && password(request).len() < 72)),
    ("value-new-password-72", "An update fails with a password of 72 bytes.",
     &["WALK-1"], &[Case::Update], Deny(500, |request, _| new_password(request).len() == 72)),
    ("value-new-password-0", "The new password 0 counts as missing.",
     &["WALK-1"], &[Case::Update], Deny(400, |request, _| new_password(request) == "0")),
    ("value-email-apostrophe-ask",
     "A request for a token doubles apostrophes before it looks the email up.",
     &["WALK-1"], &[Case::Reset], Deny(403, |request, _| email(request).contains('\''))),
    ("value-email-apostrophe-login", "A login with an apostrophe in the email fails in the query.",
     &["WALK-1"], &[Case::Login], Deny(500, |request, _| email(request).contains('\''))),
    ("value-email-percent-update",
     "An update fails with a percent sign in the email, as its message is a format.",
     &["WALK-1"], &[Case::Update], Deny(500, |request, _| email(request).contains('%'))),
    ("value-email-80", "A registration refuses an email of more than 80 characters.",
     &["WALK-1"], &[Case::Register], Deny(400, |request, _| email(request).len() > 80)),
    ("value-email-top-level", "A registration refuses top-level domains of more than six letters.",
     &["WALK-1"], &[Case::Register], Deny(400, |request, _| {
         email(request).rsplit('.').next().is_some_and(|top| top.len() > 6)
     })),
    ("value-session-long", "A session cookie of more than 70 characters fails.",
     &["WALK-1"], &[Case::ProfileBad], Deny(500, |request, _| request.session().is_some_and(|id| id.len() > 70))),
];

fn email(request: &Request) -> String {
    request.field("email").unwrap_or_default()
}

fn password(request: &Request) -> String {
    request.field("password").unwrap_or_default()
}

fn new_password(request: &Request) -> String {
    request.field("new_password").unwrap_or_default()
}
