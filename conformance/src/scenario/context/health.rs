//! What is known of a target's health.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// After so many requests in a row without an answer the target is taken for dead. Fewer would
/// blame the rest of the suite on one request that hangs; more would wait for nothing.
pub(super) const SILENT_REQUESTS: u32 = 3;

/// What is known of the target.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Health {
    /// It answers.
    #[default]
    Well,
    /// It no longer answers; since when, in a sentence.
    Lost(String),
    /// It answers, and is unable to do its work.
    Wrecked {
        /// Since which scenario, in a sentence.
        why: String,
        /// That scenario's requirement.
        by: String,
    },
}

#[derive(Debug, Default)]
pub(super) struct State(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    health: Health,
    /// Requests in a row without an answer.
    silent: u32,
    /// When the last of them ended.
    since: Option<Instant>,
    /// Whether it has broken every connection off since its last answer, and gone on.
    hangs_up: bool,
}

impl State {
    pub(super) fn health(&self) -> Health {
        self.lock().health.clone()
    }

    pub(super) fn answered(&self) {
        let mut known = self.lock();
        known.silent = 0;
        known.hangs_up = false;
    }

    /// Notes that it breaks connections off and accepts others.
    pub(super) fn hung_up(&self) {
        self.lock().hangs_up = true;
    }

    /// Whether it has done nothing else since its last answer.
    pub(super) fn hangs_up(&self) -> bool {
        self.lock().hangs_up
    }

    /// Notes that a request which took so long has just ended without an answer. Whether it is
    /// one too many in a row: requests that waited at the same time are one.
    pub(super) fn is_silent(&self, took: Duration) -> bool {
        let mut known = self.lock();
        let now = Instant::now();
        let overlaps = |since| now.checked_sub(took).is_none_or(|began| began < since);
        if !known.since.is_some_and(overlaps) {
            known.silent += 1;
            known.since = Some(now);
        }
        known.silent >= SILENT_REQUESTS
    }

    /// The first cause stays: what follows is its consequence.
    pub(super) fn worsen(&self, health: Health) {
        let mut known = self.lock();
        if known.health == Health::Well {
            known.health = health;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOOK: Duration = Duration::from_millis(20);

    /// A request that begins after all before it and waits in vain.
    fn in_vain(state: &State) -> bool {
        std::thread::sleep(TOOK);
        state.is_silent(TOOK)
    }

    #[test]
    fn three_in_a_row_are_silence_and_three_at_once_are_one() {
        let state = State::default();
        for _ in 0..5 {
            assert!(!state.is_silent(TOOK), "they waited at the same time");
        }
        assert!(!in_vain(&state));
        assert!(in_vain(&state));
        state.answered();
        assert!(!in_vain(&state), "an answer came in between");
    }

    #[test]
    fn what_hangs_up_does_so_until_it_answers() {
        let state = State::default();
        assert!(!state.hangs_up());
        state.hung_up();
        assert!(state.hangs_up());
        state.answered();
        assert!(!state.hangs_up());
    }
}
