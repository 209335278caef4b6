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
    /// The first step of a login.
    ValidLogin {
        password: String,
    },
    /// The second step of a login.
    CreateSession {
        session: String,
    },
    Profile {
        session: String,
        shown: bool,
    },
    Logout {
        session: String,
        ended: bool,
    },
    /// The second step of a logout, after a look at the session as a profile takes it: it ends
    /// whatever session there is then, and there has to be one.
    DestroySession,
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
            Event::ValidLogin { password } => self.password.as_ref() == Some(password),
            Event::CreateSession { session } => {
                next.session = Some(session.clone());
                true
            }
            Event::DestroySession => next.session.take().is_some(),
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

/// A step of a request: what one documented method does. A login and a logout are two steps, and
/// requests of the same user may come between them.
#[derive(Clone, Debug)]
struct Step {
    began: u64,
    ended: u64,
    event: Event,
    /// The step before it.
    after: Option<usize>,
}

fn steps(history: &[Timed]) -> Vec<Step> {
    let mut steps = Vec::new();
    for timed in history {
        let events = match timed.event.clone() {
            Event::Login {
                password,
                session: Some(session),
            } => vec![
                Event::ValidLogin { password },
                Event::CreateSession { session },
            ],
            Event::Logout {
                session,
                ended: true,
            } => {
                let shown = true;
                vec![Event::Profile { session, shown }, Event::DestroySession]
            }
            event => vec![event],
        };
        for (number, event) in events.into_iter().enumerate() {
            steps.push(Step {
                began: timed.began,
                ended: timed.ended,
                event,
                after: (number > 0).then(|| steps.len() - 1),
            });
        }
    }
    steps
}

/// Whether some order of the steps explains the history (Wing and Gong's search, with what has
/// been seen remembered).
pub(super) fn is_explained(history: &[Timed]) -> bool {
    let steps = steps(history);
    let mut seen = HashSet::new();
    let mut open = vec![(vec![false; steps.len()], Model::default())];
    while let Some((done, model)) = open.pop() {
        let rest = || steps.iter().enumerate().filter(|(index, _)| !done[*index]);
        let Some(first_end) = rest().map(|(_, step)| step.ended).min() else {
            return true;
        };
        let possible = rest().filter(|(_, step)| {
            step.began < first_end && step.after.is_none_or(|before| done[before])
        });
        for (index, step) in possible {
            if let Some(next) = model.after(&step.event) {
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
