//! Stores of a fixed size, and what happens to every so-manyth.

use crate::proof::{
    proxy::{Case, Response},
    subject::{
        Subject,
        edits::{
            ANY,
            Edit::{After, Instead, Respond},
            Row, success,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("sessions-16-latest", "Only the 16 latest sessions are kept.",
     &["WALK-1"], &[Case::Profile], Instead(|request, state| {
         let id = request.session()?;
         let lost = !state
             .logins
             .iter()
             .rev()
             .take(16)
             .any(|(known, _)| *known == id);
         lost.then(|| Response::page(403))
     })),
    ("tokens-8-latest", "Only the eight latest tokens are kept.",
     &["WALK-1"], &[Case::Update], Instead(|request, state| {
         let token = request.field("reset_token")?;
         let lost = !state
             .tokens
             .iter()
             .rev()
             .take(8)
             .any(|(known, _)| *known == token);
         lost.then(|| Response::page(403))
     })),
    ("users-20-latest", "The check for a taken email looks at the 20 latest users.",
     &["WALK-1"], &[Case::RegisterTaken], Instead(|request, state| {
         let email = request.field("email")?;
         let lost = !state
             .accounts
             .iter()
             .rev()
             .take(20)
             .any(|a| a.email == email);
         lost.then(|| success(request))
     })),
    ("users-20-first", "The lookup of a request for a token sees one page of users, the 20 first.",
     &["WALK-1"], &[Case::Reset], Instead(|request, state| {
         let email = request.field("email")?;
         let lost = !state.accounts.iter().take(20).any(|a| a.email == email);
         lost.then(|| Response::page(403))
     })),
    ("sessions-ended-8-latest",
     "Ended sessions stand on a list of the latest eight, and work again after that.",
     &["WALK-1"], ANY, After(|case, request, response, state| {
         let Some(id) = request.session() else { return };
         if case == Case::ProfileEnded {
             let found = state.logins.iter().position(|(known, _)| *known == id);
             let later = state.logins.len() - found.unwrap_or(state.logins.len());
             if let (true, Some(account)) = (later > 8, state.by_old_session(&id)) {
                 *response = super::edits::profile_of(&account.email);
             }
         }
     })),
    ("passwords-written-back",
     "New passwords stay in a cache of 16 users, and the old ones return after that.",
     &["WALK-1"], &[Case::Login], Instead(|request, state| {
         let account = state.subject(&request.call())?;
         let later = state
             .accounts
             .iter()
             .rev()
             .take_while(|a| a.email != account.email);
         (!account.old_passwords.is_empty() && later.count() > 16).then(|| Response::page(401))
     })),
    ("session-for-20-profiles", "A session answers 20 profiles and is gone.",
     &["PROFILE-4"], &[Case::Profile], Instead(|request, state| {
         (state.count(request.session()?) > 20).then(|| Response::page(403))
     })),
    ("token-every-tenth-is-none", "Every tenth token is no UUID, for want of entropy.",
     &["WALK-1"], &[Case::Reset], Respond(|_, response, state| {
         if state.count("tokens").is_multiple_of(10) {
             response.map_payload(|payload| payload["reset_token"] = serde_json::json!("tmp-10"));
         }
     })),
    ("session-id-returns",
     "The pool of session ids is small: the 17th login hands out the first id again.",
     &["WALK-1"], &[Case::Login], Respond(|_, response, state| {
         let first = state.logins.first().map(|(id, _)| id.clone());
         if let (17, Some(first)) = (state.count("logins"), first) {
             response.set_session(&first);
         }
     })),
];

/// The faults of this area that have a memory.
pub(super) fn by_hand() -> Vec<Subject> {
    vec![
        Subject::fault(
            "registration-every-tenth-clears-tokens",
            "Every tenth registration clears the tokens of those who have no session.",
            &["WALK-1"],
        )
        .whole(|case, request, upstream| async move {
            if case == Case::Register && upstream.state().count("registrations").is_multiple_of(10)
            {
                let waiting: Vec<String> = {
                    let state = upstream.state();
                    let idle = state.accounts.iter().filter(|a| a.session.is_none());
                    idle.filter(|a| a.token.is_some())
                        .map(|a| a.email.clone())
                        .collect()
                };
                for email in waiting {
                    upstream.token_of(&email).await;
                }
            }
            upstream.send(request).await
        }),
    ]
}
