//! Stores of a fixed size, and what happens to every so-manyth.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("sessions-16-latest", "Only the 16 latest sessions are kept.",
     &["WALK-1"], &[Case::Profile], Deny(403, |request, state| {
         let mut latest = state.logins.iter().rev().take(16).map(|(id, _)| id);
         request.session().is_some_and(|shown| latest.all(|id| *id != shown))
     })),
    ("tokens-8-latest", "Only the eight latest tokens are kept.",
     &["WALK-1"], &[Case::Update], Deny(403, |request, state| {
         let mut latest = state.tokens.iter().rev().take(8).map(|(token, _)| token);
         request.field("reset_token").is_some_and(|shown| latest.all(|token| *token != shown))
     })),
    ("users-20-latest", "The check for a taken email looks at the 20 latest users.",
     &["WALK-1"], &[Case::RegisterTaken], Before(|_, request, state| {
         let email = request.field("email")?;
         let mut latest = state.accounts.iter().rev().take(20);
         latest.all(|a| a.email != email).then(|| success(request))
     })),
    ("users-20-first", "The lookup of a request for a token sees one page of users, the 20 first.",
     &["WALK-1"], &[Case::Reset], Deny(403, |request, state| {
         let mut first = state.accounts.iter().take(20);
         request.field("email").is_some_and(|email| first.all(|a| a.email != email))
     })),
    ("sessions-ended-8-latest",
     "Ended sessions stand on a list of the latest eight, and work again after that.",
     &["WALK-1"], &[Case::ProfileEnded], ProfileOf(|request, state| {
         let id = request.session()?;
         let found = state.logins.iter().position(|(known, _)| *known == id)?;
         state.by_old_session(&id).filter(|_| state.logins.len() - found > 8)
     })),
    ("passwords-written-back",
     "New passwords stay in a cache of 16 users, and the old ones return after that.",
     &["WALK-1"], &[Case::Login], Before(|_, request, state| {
         let account = state.subject(&request.call())?;
         let later = state.accounts.iter().rev().take_while(|a| a.email != account.email);
         (!account.old_passwords.is_empty() && later.count() > 16).then(|| Response::page(401))
     })),
    ("session-for-20-profiles", "A session answers 20 profiles and is gone.",
     &["PROFILE-4"], &[Case::Profile], RefuseCounted(403, |profiles| profiles > 20)),
    ("token-every-tenth-is-none", "Every tenth token is no UUID, for want of entropy.",
     &["WALK-1"], &[Case::Reset], After(|_, _, response, state| {
         if state.count("tokens").is_multiple_of(10) {
             response.set_member("reset_token", "tmp-10");
         }
     })),
    ("session-id-returns",
     "The pool of session ids is small: the 17th login hands out the first id again.",
     &["WALK-1"], &[Case::Login], After(|_, _, response, state| {
         let first = state.logins.first().map(|(id, _)| id.clone());
         if let (17, Some(first)) = (state.count("logins"), first) {
             response.set_session(&first);
         }
     })),
];

/// The fault of this area that looks at all users at once.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const OF_ALL_USERS: &[Row] = &[
    ("registration-every-tenth-clears-tokens",
     "Every tenth registration clears the tokens of those who have no session.",
     &["WALK-1"], ANY, Whole(|usual| usual.whole(|case, request, upstream| async move {
         if case == Case::Register && upstream.state().count("registrations").is_multiple_of(10) {
             let waiting: Vec<String> = {
                 let state = upstream.state();
                 let idle = state.accounts.iter().filter(|a| a.session.is_none());
                 idle.filter(|a| a.token.is_some()).map(|a| a.email.clone()).collect()
             };
             for email in waiting {
                 upstream.token_of(&email).await;
             }
         }
         upstream.send(request).await
     }))),
];
