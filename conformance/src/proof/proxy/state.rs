//! What a middleware knows: the model's state of the target behind it, and notes of its own.

use std::{
    collections::BTreeMap,
    ops::Deref,
    time::{Duration, Instant},
};

use super::{Request, Response};
use crate::model::{Seen, State};

/// The state of the model after everything that went through, and a middleware's own notes.
#[derive(Debug, Default)]
pub struct ObservedState {
    model: State,
    /// A middleware's own memory.
    pub notes: BTreeMap<String, String>,
    counters: BTreeMap<String, u64>,
    arrivals: BTreeMap<String, Vec<Instant>>,
    /// When the last answer went out.
    pub last_response: Option<Instant>,
}

impl ObservedState {
    /// Counts one more of whatever `what` names, and says how many that makes.
    pub fn count(&mut self, what: impl Into<String>) -> u64 {
        let counter = self.counters.entry(what.into()).or_default();
        *counter += 1;
        *counter
    }

    /// Begins to count anew.
    pub fn forget(&mut self, what: &str) {
        self.counters.remove(what);
    }

    /// One id for everybody, as random as any.
    pub fn constant(&mut self) -> String {
        let constant = self.notes.entry("constant".to_owned());
        let random = || uuid::Uuid::new_v4().to_string();
        constant.or_insert_with(random).clone()
    }

    /// Notes that a request of a kind came, and when.
    pub fn arrive(&mut self, what: &str) -> Instant {
        let now = Instant::now();
        self.arrivals.entry(what.to_owned()).or_default().push(now);
        now
    }

    /// How many requests of a kind came less than `span` before or after a moment.
    pub fn arrivals_near(&self, what: &str, moment: Instant, span: Duration) -> usize {
        let near = |arrival: &&Instant| {
            let later = arrival.saturating_duration_since(moment);
            let earlier = moment.saturating_duration_since(**arrival);
            later < span && earlier < span
        };
        let arrivals = self.arrivals.get(what).into_iter().flatten();
        arrivals.filter(near).count()
    }

    /// Takes in what the target answered.
    pub(super) fn observe(&mut self, request: &Request, response: &Response) {
        let seen = Seen {
            status: (!response.hang_up).then(|| response.status.as_u16()),
            session: response.session(),
            token: response.member("reset_token"),
        };
        self.model.observe(&request.call(), &seen);
    }
}

impl Deref for ObservedState {
    type Target = State;

    fn deref(&self) -> &State {
        &self.model
    }
}
