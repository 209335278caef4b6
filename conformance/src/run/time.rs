//! The time for everything around a run: starting its target, judging, stopping, and writing.

use std::time::{Duration, Instant};

/// What is left for the last lines and the reports once all else is over.
const LAST_LINES: Duration = Duration::from_millis(200);

/// Since when everything has been going on, and for how long it may.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// All of it.
    pub limit: Duration,
    begun: Instant,
}

impl Time {
    /// Begins to run.
    pub fn begins(limit: Duration) -> Self {
        Self {
            limit,
            begun: Instant::now(),
        }
    }

    /// What is left for stopping what was started.
    pub fn left_to_stop(self) -> Duration {
        let left = self.limit.saturating_sub(self.begun.elapsed());
        left.saturating_sub(LAST_LINES)
    }

    /// When judging has to be over: a command is then still to be stopped.
    pub fn end_of_judging(self, command: bool) -> Instant {
        let reserve = if command {
            (self.limit / 4).min(Duration::from_secs(2))
        } else {
            (self.limit / 10).min(LAST_LINES)
        };
        self.begun + self.limit.saturating_sub(reserve)
    }
}
