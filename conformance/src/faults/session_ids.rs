//! Session ids that are no UUIDs, or that repeat.

use hyper::Method;
use uuid::Uuid;

use super::Subject;
use crate::proxy::{Answer, Ask, Case, Shadow};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = no_uuids();
    faults.extend(repeating());
    faults
}

/// A server whose session ids look as `write` makes them from the nth id, and work.
fn written(id: &'static str, sentence: &'static str, write: fn(&str, u64) -> String) -> Subject {
    Subject::fault(id, sentence, &["LOGIN-3"])
        .before(|_, ask, shadow| {
            translate_back(ask, shadow);
            None
        })
        .at([Case::Login], move |_, answer, shadow| {
            if let Some(session) = answer.session() {
                let number = shadow.count("sessions");
                let shown = write(&session, number);
                shadow.notes.insert(shown.clone(), session);
                answer.set_session(&shown);
            }
        })
}

fn translate_back(ask: &mut Ask, shadow: &Shadow) {
    let Some(shown) = ask.session() else { return };
    if let Some(real) = shadow.notes.get(&shown) {
        ask.set_session(Some(real));
    } else if shadow.by_session(&shown).is_some() {
        // The id behind the one that was shown is nothing that a client knows.
        ask.set_session(Some("unknown"));
    }
}

fn no_uuids() -> Vec<Subject> {
    vec![
        written(
            "session-id-counter",
            "Session ids are numbers that count up.",
            |_, number| number.to_string(),
        ),
        written(
            "session-id-user-prefix",
            "Session ids are a UUID with a word in front.",
            |id, _| format!("sess-{id}"),
        ),
        written(
            "session-id-random-letters",
            "Session ids are 32 letters and digits beyond hexadecimal.",
            |id, _| {
                id.replace('-', "")
                    .replace(['a', '1'], "z")
                    .replace(['b', '2'], "k")
            },
        ),
        written(
            "session-id-cut",
            "Session ids are UUIDs without their last digit.",
            |id, _| id[..id.len() - 1].to_owned(),
        ),
        written(
            "session-id-time",
            "Session ids are the time in milliseconds with a number behind.",
            |_, number| {
                let since = std::time::SystemTime::UNIX_EPOCH
                    .elapsed()
                    .unwrap_or_default();
                format!("{}{number:03}", since.as_millis())
            },
        ),
    ]
}

fn repeating() -> Vec<Subject> {
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
            "session-id-kept-while-live",
            "A login of a user who is logged in hands the running session out again.",
            &["LOGIN-7"],
        )
        .before(|case, ask, shadow| {
            if case != Case::Login {
                return None;
            }
            let session = shadow.account(&ask.field("email")?)?.session.clone()?;
            let mut answer = super::edits::success(ask);
            answer.add_cookie(&format!(
                "session_id={session}; Path=/; HttpOnly; SameSite=Lax"
            ));
            Some(answer)
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
