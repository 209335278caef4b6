//! Session ids that are no UUIDs, or that repeat.

use hyper::Method;
use uuid::Uuid;

use crate::proof::{
    proxy::{Answer, Ask, Case, Shadow},
    subject::{
        Subject,
        edits::{
            ANY,
            Edit::{Instead, ShowSessions},
            Row, success,
        },
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("session-id-kept-while-live",
     "A login of a user who is logged in hands the running session out again.",
     &["LOGIN-7"], &[Case::Login], Instead(|ask, shadow| {
         let session = shadow.subject(&ask.call())?.session.clone()?;
         let mut answer = success(ask);
         answer.add_cookie(&format!("session_id={session}; Path=/; HttpOnly; SameSite=Lax"));
         Some(answer)
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
];

/// The faults of this area that have a memory.
pub(super) fn by_hand() -> Vec<Subject> {
    vec![
        Subject::fault(
            "session-id-constant",
            "Every login of every user gets one and the same session id.",
            &["LOGIN-3", "PROFILE-4"],
        )
        .before(|_, ask, shadow| {
            // Whoever presents it is taken for the user who logged in first and still is.
            if ask.session().as_deref() == shadow.notes.get("constant").map(String::as_str) {
                let first = shadow.find(|account| account.session.is_some());
                let real = first.and_then(|account| account.session.clone());
                ask.set_session(real.as_deref().or(Some("unknown")));
            }
            None
        })
        .at([Case::Login], |_, answer, shadow| {
            let constant = shadow
                .notes
                .entry("constant".to_owned())
                .or_insert_with(|| Uuid::new_v4().to_string())
                .clone();
            answer.set_session(&constant);
        }),
        Subject::fault(
            "session-id-per-user",
            "A user gets the same session id at every login.",
            &["LOGIN-3"],
        )
        .before(|_, ask, shadow| {
            if let Some(email) = ask.session().and_then(|id| shadow.notes.get(&id)) {
                let real = shadow
                    .account(email)
                    .and_then(|account| account.session.clone());
                ask.set_session(real.as_deref().or(Some("unknown")));
            }
            None
        })
        .at([Case::Login], |ask, answer, shadow| {
            let email = ask.field("email").unwrap_or_default();
            let known = shadow.notes.iter().find(|(_, owner)| **owner == email);
            let shown = known.map_or_else(|| Uuid::new_v4().to_string(), |(id, _)| id.clone());
            shadow.notes.insert(shown.clone(), email);
            answer.set_session(&shown);
        }),
        Subject::fault(
            "session-id-is-email",
            "The session cookie holds the user's email, and the email opens the profile.",
            &["LOGIN-3", "PROFILE-3"],
        )
        .before(|_, ask, shadow| by_email(ask, shadow))
        .at([Case::Login], |ask, answer, _| {
            answer.set_session(&ask.field("email").unwrap_or_default());
        }),
    ]
}

fn by_email(ask: &mut Ask, shadow: &Shadow) -> Option<Answer> {
    let account = shadow.account(&ask.session()?)?;
    let real = account.session.clone();
    if real.is_none() && ask.is(&Method::GET, "/profile") {
        return Some(super::edits::profile_of(&account.email));
    }
    ask.set_session(real.as_deref().or(Some("unknown")));
    None
}
