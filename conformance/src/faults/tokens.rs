//! Reset tokens that are no UUIDs, repeat, last too long, or are handed to the wrong people.

use hyper::Method;
use serde_json::json;
use uuid::Uuid;

use super::{Subject, edits::success};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = no_uuids();
    faults.extend(repeating());
    faults.extend(side_effects());
    faults.extend(wrong_people());
    faults
}

/// A server whose tokens look as `write` makes them from the nth token, and work.
fn written(id: &'static str, sentence: &'static str, write: fn(&str, u64) -> String) -> Subject {
    Subject::fault(id, sentence, &["RESET-1"])
        .before(|_, ask, shadow| {
            let real = ask
                .field("reset_token")
                .and_then(|shown| shadow.notes.get(&shown));
            if let Some(real) = real {
                ask.set_field("reset_token", real);
            }
            None
        })
        .at([Case::Reset], move |_, answer, shadow| {
            if let Some(token) = answer.member("reset_token") {
                let number = shadow.count("tokens");
                let shown = write(&token, number);
                shadow.notes.insert(shown.clone(), token);
                answer.map_payload(|payload| payload["reset_token"] = json!(shown));
            }
        })
}

fn no_uuids() -> Vec<Subject> {
    vec![
        written(
            "token-six-digits",
            "Tokens are numbers of six digits, as sent by text message.",
            |_, number| format!("{:06}", 100_000 + number),
        ),
        written(
            "token-signed",
            "Tokens are signed texts of three parts with dots between.",
            |token, _| format!("eyJhbGciOiJIUzI1NiJ9.{}.c2ln", token.replace('-', "")),
        ),
        written(
            "token-cut",
            "Tokens are the first part of a UUID.",
            |token, _| token[..13].to_owned(),
        ),
    ]
}

fn repeating() -> Vec<Subject> {
    vec![
        Subject::fault(
            "token-kept-until-used",
            "A second request hands the first token out again.",
            &["RESET-3"],
        )
        .before(|case, ask, shadow| {
            let token = shadow.account(&ask.field("email")?)?.token.clone()?;
            (case == Case::Reset).then(|| {
                let email = ask.field("email");
                Answer::json(200, &json!({"email": email, "reset_token": token}))
            })
        }),
        Subject::fault(
            "token-constant",
            "Every user gets the same token.",
            &["RESET-3"],
        )
        .before(|_, ask, shadow| {
            // It works for whoever asked last.
            let shown = ask.field("reset_token")?;
            if shadow.notes.get("constant") == Some(&shown) {
                let newest = shadow.tokens.last()?.0.clone();
                ask.set_field("reset_token", &newest);
            }
            None
        })
        .at([Case::Reset], |_, answer, shadow| {
            let constant = shadow
                .notes
                .entry("constant".to_owned())
                .or_insert_with(|| Uuid::new_v4().to_string())
                .clone();
            answer.map_payload(|payload| payload["reset_token"] = json!(constant));
        }),
        Subject::fault(
            "token-is-session-id",
            "The token of a user who is logged in is the session id.",
            &["RESET-3"],
        )
        .before(|_, ask, shadow| {
            let account = shadow.by_session(&ask.field("reset_token")?)?;
            let token = account.token.clone()?;
            ask.set_field("reset_token", &token);
            None
        })
        .at([Case::Reset], |ask, answer, shadow| {
            let email = ask.field("email").unwrap_or_default();
            let session = shadow.account(&email).and_then(|a| a.session.clone());
            if let Some(session) = session {
                answer.map_payload(|payload| payload["reset_token"] = json!(session));
            }
        }),
        Subject::fault(
            "token-older-works",
            "A newer token leaves the older one in force.",
            &["RESET-4"],
        )
        .rewrite([Case::UpdateReplaced], |ask, shadow| {
            let shown = ask.field("reset_token").unwrap_or_default();
            let newest = shadow
                .by_replaced_token(&shown)
                .and_then(|a| a.token.clone());
            if let Some(newest) = newest {
                ask.set_field("reset_token", &newest);
            }
        }),
        Subject::fault(
            "token-newer-dead",
            "Only the first token that a user asked for works; newer ones are refused.",
            &["RESET-4"],
        )
        .before(|case, ask, shadow| {
            let account = shadow.by_token(&ask.field("reset_token")?)?;
            let second = !account.replaced_tokens.is_empty();
            (case == Case::Update && second).then(|| Answer::page(403))
        }),
    ]
}

fn side_effects() -> Vec<Subject> {
    vec![
        Subject::fault(
            "token-request-clears-password",
            "A request for a token makes the password useless until the update.",
            &["RESET-5"],
        )
        .before(|case, ask, shadow| {
            let email = ask.field("email")?;
            match case {
                Case::Reset => {
                    shadow.notes.insert(format!("cleared {email}"), email);
                }
                Case::Update => {
                    shadow.notes.remove(&format!("cleared {email}"));
                }
                Case::Login if shadow.notes.contains_key(&format!("cleared {email}")) => {
                    return Some(Answer::page(401));
                }
                _ => {}
            }
            None
        }),
        Subject::fault(
            "token-request-sets-password",
            "A request for a token makes the token the new password.",
            &["RESET-5"],
        )
        .whole(|case, ask, door| async move {
            if case != Case::Reset {
                return door.send(ask).await;
            }
            let email = ask.field("email").unwrap_or_default();
            let password = Uuid::new_v4().to_string();
            door.change_password(&email, &password).await;
            door.send(ask).await
        }),
        Subject::fault(
            "token-for-logged-in-only",
            "Only a user who is logged in gets a token.",
            &["RESET-1", "E2E-1"],
        )
        .before(|case, ask, shadow| {
            let logged_in = shadow.account(&ask.field("email")?)?.session.is_some();
            (case == Case::Reset && !logged_in).then(|| Answer::page(403))
        }),
        Subject::fault(
            "token-for-logged-out-only",
            "A user who is logged in gets no token.",
            &["RESET-1"],
        )
        .before(|case, ask, shadow| {
            let logged_in = shadow.account(&ask.field("email")?)?.session.is_some();
            (case == Case::Reset && logged_in).then(|| Answer::page(403))
        }),
        Subject::fault(
            "token-never-works",
            "Every token is refused at the update, as if it had expired on the way.",
            &["UPDATE-1", "E2E-1"],
        )
        .instead([Case::Update], |_, _| Some(Answer::page(403))),
    ]
}

fn wrong_people() -> Vec<Subject> {
    vec![
        Subject::fault(
            "token-of-first-user",
            "Every token is for the user who registered first.",
            &["UPDATE-5"],
        )
        .whole(|case, ask, door| async move {
            if case != Case::Reset {
                return door.send(ask).await;
            }
            let first = door.shadow().accounts.first().map(|a| a.email.clone());
            let token = match first {
                Some(first) => door.token_of(&first).await,
                None => None,
            };
            let email = ask.field("email");
            Answer::json(200, &json!({"email": email, "reset_token": token}))
        }),
        Subject::fault(
            "token-unknown-email-registers",
            "A request for a token registers an unknown email.",
            &["RESET-2"],
        )
        .whole(|case, ask, door| async move {
            if case == Case::ResetUnknown {
                let mut registration = ask.clone();
                "/users".clone_into(&mut registration.path);
                registration.set_field("password", "welcome");
                door.send(registration).await;
            }
            door.send(ask).await
        }),
        Subject::fault(
            "token-missing-email-500",
            "A request for a token without an email fails with 500.",
            &["RESET-6"],
        )
        .at([Case::ResetOdd], |_, answer, _| *answer = Answer::page(500)),
        Subject::fault(
            "token-missing-email-200",
            "A request for a token without an email gets one.",
            &["RESET-6"],
        )
        .at([Case::ResetOdd], |ask, answer, _| {
            if ask.is(&Method::POST, "/reset_password") {
                *answer = success(ask);
            }
        }),
    ]
}
