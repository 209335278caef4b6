//! Empty and malformed fields, refused before anybody looks further, as validators of frameworks
//! do.

use super::Subject;
use crate::proof::proxy::{Case, Request, Response};

/// The fields that a validator may look at.
const FIELDS: [&str; 4] = ["email", "password", "reset_token", "new_password"];

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    vec![
        validating(
            "empty-fields-400",
            "An empty field is answered with 400 everywhere.",
            400,
            has_empty,
        ),
        validating(
            "empty-fields-404",
            "An empty field is answered with 404 everywhere.",
            404,
            has_empty,
        ),
        validating(
            "empty-fields-422",
            "An empty field is answered with 422 everywhere.",
            422,
            has_empty,
        ),
        validating(
            "email-shape-everywhere",
            "What is no email is answered with 422 on every route.",
            422,
            |request| {
                request
                    .field("email")
                    .is_some_and(|email| !has_shape(&email))
            },
        ),
        validating(
            "password-too-long",
            "A password of more than 72 bytes is answered with 400.",
            400,
            |request| {
                ["password", "new_password"].iter().any(|name| {
                    request
                        .field(name)
                        .is_some_and(|password| password.len() > 72)
                })
            },
        ),
        Subject::freedom(
            "update-refuses-current-password",
            "The current password is refused as a new one, and the token lives on.",
        )
        .before(|case, request, state| {
            let owner = state.by_token(&request.field("reset_token")?)?;
            let same = request.field("new_password").as_ref() == Some(&owner.password);
            (case == Case::Update && same).then(|| Response::page(422))
        }),
        Subject::freedom(
            "update-refused-uses-up-token",
            "An empty new password is refused, and the token is used up by it.",
        )
        .whole(|case, request, upstream| async move {
            let response = upstream.send(request.clone()).await;
            let empty = request
                .field("new_password")
                .is_some_and(|new| new.is_empty());
            let owner = request.field("reset_token").and_then(|token| {
                let state = upstream.state();
                Some(state.by_token(&token)?.email.clone())
            });
            if let (Case::UpdateOdd, true, Some(owner)) = (case, empty, owner) {
                upstream.token_of(&owner).await;
            }
            response
        }),
    ]
}

fn validating(
    id: &'static str,
    sentence: &'static str,
    status: u16,
    is_bad: fn(&Request) -> bool,
) -> Subject {
    Subject::freedom(id, sentence).before(move |case, request, _| {
        (case != Case::Elsewhere && is_bad(request)).then(|| Response::page(status))
    })
}

fn has_empty(request: &Request) -> bool {
    FIELDS
        .iter()
        .any(|name| request.field(name).is_some_and(|value| value.is_empty()))
}

/// Something, an @, and a domain with a dot; no blanks.
fn has_shape(email: &str) -> bool {
    let (name, domain) = email.rsplit_once('@').unwrap_or_default();
    !name.is_empty() && domain.contains('.') && !email.contains(char::is_whitespace)
}
