//! Empty and malformed fields, refused before anybody looks further, as validators of frameworks
//! do.

use crate::{model::Route, proof::subject::prelude::*};

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("empty-fields-400", "An empty field is answered with 400 everywhere.",
     &[], ANY, Deny(400, has_empty)),
    ("empty-fields-404", "An empty field is answered with 404 everywhere.",
     &[], ANY, Deny(404, has_empty)),
    ("empty-fields-422", "An empty field is answered with 422 everywhere.",
     &[], ANY, Deny(422, has_empty)),
    ("email-shape-everywhere", "What is no email is answered with 422 on every route.",
     &[], ANY, Deny(422, |request, _| has(request, &["email"], |email| !has_shape(email)))),
    ("password-too-long", "A password of more than 72 bytes is answered with 400.",
     &[], ANY, Deny(400, |request, _| has(request, &["password", "new_password"], |sent| sent.len() > 72))),
    ("update-refuses-current-password",
     "The current password is refused as a new one, and the token lives on.",
     &[], &[Case::Update],
     DenyUser(422, |owner, request| request.field("new_password").as_ref() == Some(&owner.password))),
    ("update-refused-uses-up-token",
     "An empty new password is refused, and the token is used up by it.",
     &[], &[Case::UpdateOdd], Effect(Beside, DropToken, Found(|request, state| {
         let empty = request.field("new_password")?.is_empty();
         state.by_token(&request.field("reset_token")?).filter(|_| empty)
     }))),
];

fn has_empty(request: &Request, _: &ObservedState) -> bool {
    let fields = ["email", "password", "reset_token", "new_password"];
    has(request, &fields, str::is_empty)
}

/// Whether one of these fields of a documented form is such a one.
fn has(request: &Request, fields: &[&str], is_bad: fn(&str) -> bool) -> bool {
    let is_bad = |name: &&str| request.field(name).is_some_and(|value| is_bad(&value));
    request.call().route != Route::Elsewhere && fields.iter().any(is_bad)
}

/// Something, an @, and a domain with a dot; no blanks.
fn has_shape(email: &str) -> bool {
    let (name, domain) = email.rsplit_once('@').unwrap_or_default();
    !name.is_empty() && domain.contains('.') && !email.contains(char::is_whitespace)
}
