//! Sessions that survive, vanish, or belong to everybody.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("session-survives-second-login",
     "A second login opens a second session and leaves the first alive.",
     &["LOGIN-7"], &[Case::ProfileEnded], ProfileOf(|request, state| {
         // Ended by a logout or by a login? After a logout none is live.
         state.subject(&request.call()).filter(|a| a.session.is_some())
     })),
    ("session-survives-logout", "A logout redirects as documented and the session stays alive.",
     &["LOGOUT-2"], &[Case::Logout], Feign(|_, _| true)),
    ("session-survives-logout-for-profile",
     "After a logout the profile still answers, though a second logout is refused.",
     &["LOGOUT-2"], &[Case::ProfileEnded], ProfileOf(|request, state| {
         state.subject(&request.call()).filter(|a| a.session.is_none())
     })),
    ("session-revived-by-login", "A login revives every session that its user ever had.",
     &["LOGIN-7"], &[Case::ProfileEnded, Case::LogoutEnded], Before(|_, request, state| {
         let live = state.subject(&request.call())?.session.clone()?;
         request.set_session(Some(&live));
         None
     })),
    ("session-known-to-every-other",
     "Sessions live in the memory of one of two processes: every other request misses them.",
     &["PROFILE-1"], &[Case::Profile], RefuseCounted(403, |profiles| profiles.is_multiple_of(2))),
    ("session-one-for-all",
     "There is one session in the whole server: a login of one user ends all others'.",
     &["PROFILE-4"], &[Case::Profile, Case::Logout], RefuseIf(403, |request, state| request.session().as_ref() != state.logins.last().map(|(id, _)| id))),
    ("session-user-of-last-login",
     "The current user is a variable of the process: every profile is the last login's.",
     &["PROFILE-4"], &[Case::Profile],
     MemberOf("email", |_, state| Some(state.last_logged_in()?.email.clone()))),
    ("session-by-address",
     "A session belongs to the client's address: no cookie is needed while somebody is logged in.",
     &["PROFILE-2", "PROFILE-3"], &[Case::ProfileBare, Case::ProfileBad],
     ProfileOf(|_, state| state.last_logged_in())),
    ("session-ended-opens-another",
     "A session that was ended opens the profile of whoever is logged in now.",
     &["LOGIN-7"], &[Case::ProfileEnded], ProfileOf(|_, state| state.last_logged_in())),
    ("session-for-one-profile", "A session answers one profile and is gone.",
     &["PROFILE-1"], &[Case::Profile], RefuseCounted(403, |profiles| profiles > 1)),
    ("session-for-two-profiles", "A session answers two profiles and is gone.",
     &["PROFILE-1"], &[Case::Profile], RefuseCounted(403, |profiles| profiles > 2)),
];
