//! Session ids that are no UUIDs, or that repeat.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("session-id-kept-while-live",
     "A login of a user who is logged in hands the running session out again.",
     &["LOGIN-7"], &[Case::Login], Before(|_, request, state| {
         let session = state.subject(&request.call())?.session.clone()?;
         let mut response = success(request);
         response.add_cookie(&format!("session_id={session}; Path=/; HttpOnly; SameSite=Lax"));
         Some(response)
     })),
    ("session-id-counter", "Session ids are numbers that count up.",
     &["LOGIN-3"], ANY, ShowSessions(|_, number| number.to_string())),
    ("session-id-user-prefix", "Session ids are a UUID with a word in front.",
     &["LOGIN-3"], ANY, ShowSessions(|id, _| format!("sess-{id}"))),
    ("session-id-random-letters", "Session ids are 32 letters and digits beyond hexadecimal.",
     &["LOGIN-3"], ANY, ShowSessions(|id, _| {
         id.replace('-', "").replace(['a', '1'], "z").replace(['b', '2'], "k")
     })),
    ("session-id-cut", "Session ids are UUIDs without their last digit.",
     &["LOGIN-3"], ANY, ShowSessions(|id, _| id[..id.len() - 1].to_owned())),
    ("session-id-time", "Session ids are the time in milliseconds with a number behind.",
     &["LOGIN-3"], ANY, ShowSessions(|_, number| {
         let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
         format!("{}{number:03}", since.as_millis())
     })),
    ("session-id-constant", "Every login of every user gets one and the same session id.",
     &["LOGIN-3", "PROFILE-4"], ANY, All(&[
         (ANY, Before(|_, request, state| {
             // Whoever presents it is taken for the user who logged in first and still is.
             if request.session().as_deref() == state.notes.get("constant").map(String::as_str) {
                 let first = state.find(|account| account.session.is_some());
                 let real = first.and_then(|account| account.session.as_deref());
                 request.set_session(real.or(Some("unknown")));
             }
             None
         })),
         (&[Case::Login], After(|_, _, response, state| response.set_session(&state.constant()))),
     ])),
    ("session-id-per-user", "A user gets the same session id at every login.",
     &["LOGIN-3"], ANY, All(&[
         (ANY, Before(|_, request, state| {
             let email = state.notes.get(&request.session()?)?;
             let real = state.account(email).and_then(|account| account.session.as_deref());
             request.set_session(real.or(Some("unknown")));
             None
         })),
         (&[Case::Login], After(|_, request, response, state| {
             let email = request.field("email").unwrap_or_default();
             let known = state.notes.iter().find(|(_, owner)| **owner == email);
             let shown = known.map_or_else(|| Uuid::new_v4().to_string(), |(id, _)| id.clone());
             state.notes.insert(shown.clone(), email);
             response.set_session(&shown);
         })),
     ])),
    ("session-id-is-email",
     "The session cookie holds the user's email, and the email opens the profile.",
     &["LOGIN-3", "PROFILE-3"], ANY, All(&[
         (ANY, Before(|_, request, state| {
             let account = state.account(&request.session()?)?;
             if account.session.is_none() && request.is(&Method::GET, "/profile") {
                 return Some(profile_of(&account.email));
             }
             request.set_session(account.session.as_deref().or(Some("unknown")));
             None
         })),
         (&[Case::Login], After(|_, request, response, _| {
             response.set_session(&request.field("email").unwrap_or_default());
         })),
     ])),
];
