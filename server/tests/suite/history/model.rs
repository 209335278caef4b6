//! What one account would have answered, and the search for an order that explains what it did.

use std::collections::HashSet;

/// What was asked of one account, and what came of it.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Register {
        password: String,
        created: bool,
    },
    Login {
        password: String,
        session: Option<String>,
    },
    Profile {
        session: String,
        shown: bool,
    },
    Logout {
        session: String,
        ended: bool,
    },
    Reset {
        token: Option<String>,
    },
    Update {
        token: String,
        password: String,
        updated: bool,
    },
}

/// An event with the moments of its request and its answer.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    pub(super) began: u64,
    pub(super) ended: u64,
    pub(super) event: Event,
}

/// One account, as the document describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Model {
    password: Option<String>,
    session: Option<String>,
    token: Option<String>,
}

impl Model {
    /// The account after the event, if the event's answer is right before it.
    fn after(&self, event: &Event) -> Option<Self> {
        let mut next = self.clone();
        let is_right = match event {
            Event::Register { password, created } => {
                if *created {
                    next.password = Some(password.clone());
                }
                *created == self.password.is_none()
            }
            Event::Login { password, session } => {
                if session.is_some() {
                    next.session.clone_from(session);
                }
                session.is_some() == (self.password.as_ref() == Some(password))
            }
            Event::Profile { session, shown } => *shown == (self.session.as_ref() == Some(session)),
            Event::Logout { session, ended } => {
                if *ended {
                    next.session = None;
                }
                *ended == (self.session.as_ref() == Some(session))
            }
            Event::Reset { token } => {
                if token.is_some() {
                    next.token.clone_from(token);
                }
                token.is_some() == self.password.is_some()
            }
            Event::Update {
                token,
                password,
                updated,
            } => {
                if *updated {
                    next.token = None;
                    next.password = Some(password.clone());
                }
                *updated == (self.token.as_ref() == Some(token))
            }
        };
        is_right.then_some(next)
    }
}

/// Whether some order explains the history (Wing and Gong's search, with what has been seen
/// remembered).
pub(super) fn is_explained(history: &[Timed]) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![(vec![false; history.len()], Model::default())];
    while let Some((done, model)) = open.pop() {
        let rest = || {
            history
                .iter()
                .enumerate()
                .filter(|(index, _)| !done[*index])
        };
        let Some(first_end) = rest().map(|(_, timed)| timed.ended).min() else {
            return true;
        };
        for (index, timed) in rest().filter(|(_, timed)| timed.began < first_end) {
            if let Some(next) = model.after(&timed.event) {
                let mut done = done.clone();
                done[index] = true;
                if seen.insert((done.clone(), next.clone())) {
                    open.push((done, next));
                }
            }
        }
    }
    false
}

#[test]
fn the_search_refuses_what_cannot_have_happened() {
    let timed = |began, ended, event| Timed {
        began,
        ended,
        event,
    };
    let created = || Event::Register {
        password: "p".into(),
        created: true,
    };
    let logged_in = || Event::Login {
        password: "p".into(),
        session: Some("s".into()),
    };
    assert!(is_explained(&[
        timed(0, 1, created()),
        timed(2, 3, logged_in())
    ]));
    assert!(is_explained(&[
        timed(0, 3, created()),
        timed(1, 2, logged_in())
    ]));
    assert!(!is_explained(&[
        timed(2, 3, created()),
        timed(0, 1, logged_in())
    ]));
    assert!(!is_explained(&[
        timed(0, 3, created()),
        timed(1, 2, created())
    ]));
}
