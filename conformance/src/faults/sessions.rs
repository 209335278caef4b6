//! Sessions that survive, vanish, or belong to everybody.

use serde_json::json;

use super::{Subject, edits::profile_of};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = surviving();
    faults.extend(vanishing());
    faults.extend(of_the_process());
    faults
}

fn surviving() -> Vec<Subject> {
    vec![
        Subject::fault(
            "session-survives-second-login",
            "A second login opens a second session and leaves the first alive.",
            &["LOGIN-7"],
        )
        .before(|case, ask, shadow| {
            let account = shadow.by_old_session(&ask.session()?)?;
            // Ended by a logout or by a login? After a logout none is live.
            let live = account.session.is_some();
            (case == Case::ProfileEnded && live).then(|| profile_of(&account.email))
        }),
        Subject::fault(
            "session-survives-logout",
            "A logout redirects as documented and the session stays alive.",
            &["LOGOUT-2"],
        )
        .instead([Case::Logout], |_, _| Some(Answer::redirect(302, "/"))),
        Subject::fault(
            "session-survives-logout-for-profile",
            "After a logout the profile still answers, though a second logout is refused.",
            &["LOGOUT-2"],
        )
        .before(|case, ask, shadow| {
            let account = shadow.by_old_session(&ask.session()?)?;
            let ended = case == Case::ProfileEnded && account.session.is_none();
            ended.then(|| profile_of(&account.email))
        }),
        Subject::fault(
            "session-revived-by-login",
            "A login revives every session that its user ever had.",
            &["LOGIN-7"],
        )
        .before(|case, ask, shadow| {
            let account = shadow.by_old_session(&ask.session()?)?;
            if case == Case::ProfileEnded || case == Case::LogoutEnded {
                let live = account.session.clone()?;
                ask.set_session(Some(&live));
            }
            None
        }),
    ]
}

/// A session that answers a number of profiles and no more.
fn lasting(id: &'static str, sentence: &'static str, profiles: u64) -> Subject {
    Subject::fault(id, sentence, &["PROFILE-1"]).at([Case::Profile], move |ask, answer, shadow| {
        if shadow.count(ask.session().unwrap_or_default()) > profiles {
            *answer = Answer::page(403);
        }
    })
}

fn vanishing() -> Vec<Subject> {
    vec![
        lasting(
            "session-for-one-profile",
            "A session answers one profile and is gone.",
            1,
        ),
        lasting(
            "session-for-two-profiles",
            "A session answers two profiles and is gone.",
            2,
        ),
        Subject::fault(
            "session-known-to-every-other",
            "Sessions live in the memory of one of two processes: every other request misses them.",
            &["PROFILE-1"],
        )
        .at([Case::Profile], |ask, answer, shadow| {
            let seen = shadow.count(ask.session().unwrap_or_default());
            if seen.is_multiple_of(2) {
                *answer = Answer::page(403);
            }
        }),
        Subject::fault(
            "session-ended-by-token-request",
            "A request for a reset token ends the user's session.",
            &["RESET-7"],
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::Reset {
                door.end_session_of_the_named(&ask).await;
            }
            answer
        }),
    ]
}

fn of_the_process() -> Vec<Subject> {
    vec![
        Subject::fault(
            "session-one-for-all",
            "There is one session in the whole server: a login of one user ends all others'.",
            &["PROFILE-4"],
        )
        .at([Case::Profile, Case::Logout], |ask, answer, shadow| {
            let newest = shadow.logins.last().map(|(id, _)| id.clone());
            if ask.session() != newest {
                *answer = Answer::page(403);
            }
        }),
        Subject::fault(
            "session-user-of-last-login",
            "The current user is a variable of the process: every profile is the last login's.",
            &["PROFILE-4"],
        )
        .at([Case::Profile], |_, answer, shadow| {
            if let Some(account) = shadow.last_logged_in() {
                let email = json!(account.email);
                answer.map_payload(|payload| payload["email"] = email);
            }
        }),
        Subject::fault(
            "session-by-address",
            "A session belongs to the client's address: no cookie is needed while somebody is \
             logged in.",
            &["PROFILE-2", "PROFILE-3"],
        )
        .at(
            [Case::ProfileBare, Case::ProfileBad],
            |_, answer, shadow| {
                if let Some(account) = shadow.last_logged_in() {
                    *answer = profile_of(&account.email);
                }
            },
        ),
        Subject::fault(
            "session-ended-opens-another",
            "A session that was ended opens the profile of whoever is logged in now.",
            &["LOGIN-7"],
        )
        .at([Case::ProfileEnded], |_, answer, shadow| {
            if let Some(account) = shadow.last_logged_in() {
                *answer = profile_of(&account.email);
            }
        }),
    ]
}
