//! Reset tokens that are no UUIDs, repeat, last too long, or are handed to the wrong people.

use serde_json::json;
use uuid::Uuid;

use crate::proof::{
    proxy::{Case, Response},
    subject::{
        Subject,
        edits::{
            ANY,
            Edit::{Before, DenyUser, Instead, LiveToken, Refuse, ShowTokens, Succeed},
            Row,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("token-kept-until-used", "A second request hands the first token out again.",
     &["RESET-3"], &[Case::Reset], Instead(|request, state| {
         let account = state.subject(&request.call())?;
         let token = account.token.as_ref()?;
         Some(Response::json(200, &json!({"email": account.email, "reset_token": token})))
     })),
    ("token-older-works", "A newer token leaves the older one in force.",
     &["RESET-4"], &[Case::UpdateReplaced], LiveToken(|state, shown| state.by_replaced_token(shown))),
    ("token-newer-dead",
     "Only the first token that a user asked for works; newer ones are refused.",
     &["RESET-4"], &[Case::Update], DenyUser(403, |a, _| !a.replaced_tokens.is_empty())),
    ("token-request-clears-password",
     "A request for a token makes the password useless until the update.",
     &["RESET-5"], ANY, Before(|case, request, state| {
         let email = request.field("email")?;
         match case {
             Case::Reset => {
                 state.notes.insert(format!("cleared {email}"), email);
             }
             Case::Update => {
                 state.notes.remove(&format!("cleared {email}"));
             }
             Case::Login if state.notes.contains_key(&format!("cleared {email}")) => {
                 return Some(Response::page(401));
             }
             _ => {}
         }
         None
     })),
    ("token-for-logged-in-only", "Only a user who is logged in gets a token.",
     &["RESET-1", "E2E-1"], &[Case::Reset], DenyUser(403, |a, _| a.session.is_none())),
    ("token-for-logged-out-only", "A user who is logged in gets no token.",
     &["RESET-1"], &[Case::Reset], DenyUser(403, |a, _| a.session.is_some())),
    ("token-never-works", "Every token is refused at the update, as if it had expired on the way.",
     &["UPDATE-1", "E2E-1"], &[Case::Update], DenyUser(403, |_, _| true)),
    ("token-missing-email-500", "A request for a token without an email fails with 500.",
     &["RESET-6"], &[Case::ResetOdd], Refuse(500)),
    ("token-missing-email-200", "A request for a token without an email gets one.",
     &["RESET-6"], &[Case::ResetOdd], Succeed),
    ("token-six-digits", "Tokens are numbers of six digits, as sent by text message.",
     &["RESET-1"], ANY, ShowTokens(|_, number| format!("{:06}", 100_000 + number))),
    ("token-signed", "Tokens are signed texts of three parts with dots between.",
     &["RESET-1"], ANY,
     ShowTokens(|token, _| format!("eyJhbGciOiJIUzI1NiJ9.{}.c2ln", token.replace('-', "")))),
    ("token-cut", "Tokens are the first part of a UUID.",
     &["RESET-1"], ANY, ShowTokens(|token, _| token[..13].to_owned())),
];

/// The faults of this area that have a memory.
pub(super) fn by_hand() -> Vec<Subject> {
    vec![
        Subject::fault(
            "token-constant",
            "Every user gets the same token.",
            &["RESET-3"],
        )
        .before(|_, request, state| {
            // It works for whoever asked last.
            let shown = request.field("reset_token")?;
            if state.notes.get("constant") == Some(&shown) {
                let newest = state.tokens.last()?.0.clone();
                request.set_field("reset_token", &newest);
            }
            None
        })
        .at([Case::Reset], |_, response, state| {
            let constant = state
                .notes
                .entry("constant".to_owned())
                .or_insert_with(|| Uuid::new_v4().to_string())
                .clone();
            response.map_payload(|payload| payload["reset_token"] = json!(constant));
        }),
        Subject::fault(
            "token-is-session-id",
            "The token of a user who is logged in is the session id.",
            &["RESET-3"],
        )
        .before(|_, request, state| {
            let account = state.by_session(&request.field("reset_token")?)?;
            let token = account.token.clone()?;
            request.set_field("reset_token", &token);
            None
        })
        .at([Case::Reset], |request, response, state| {
            let email = request.field("email").unwrap_or_default();
            let session = state.account(&email).and_then(|a| a.session.clone());
            if let Some(session) = session {
                response.map_payload(|payload| payload["reset_token"] = json!(session));
            }
        }),
        Subject::fault(
            "token-of-first-user",
            "Every token is for the user who registered first.",
            &["UPDATE-5"],
        )
        .whole(|case, request, upstream| async move {
            if case != Case::Reset {
                return upstream.send(request).await;
            }
            let first = upstream.state().accounts.first().map(|a| a.email.clone());
            let token = match first {
                Some(first) => upstream.token_of(&first).await,
                None => None,
            };
            let email = request.field("email");
            Response::json(200, &json!({"email": email, "reset_token": token}))
        }),
        Subject::fault(
            "token-unknown-email-registers",
            "A request for a token registers an unknown email.",
            &["RESET-2"],
        )
        .whole(|case, request, upstream| async move {
            if case == Case::ResetUnknown {
                let mut registration = request.clone();
                "/users".clone_into(&mut registration.path);
                registration.set_field("password", "welcome");
                upstream.send(registration).await;
            }
            upstream.send(request).await
        }),
    ]
}
