//! The time for everything that a command does, from its start to its end.

use std::time::{Duration, Instant};

/// What is left for the last lines and the reports once all else is over.
const LAST_LINES: Duration = Duration::from_millis(200);

/// Since when everything has been going on, and for how long it may.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    limit: Duration,
    begun: Instant,
}

impl Time {
    /// Begins to run.
    pub(super) fn begins(limit: Duration) -> Self {
        Self {
            limit,
            begun: Instant::now(),
        }
    }

    /// All of it.
    pub(super) fn limit(self) -> Duration {
        self.limit
    }

    /// What is left.
    pub(super) fn left(self) -> Duration {
        self.limit.saturating_sub(self.begun.elapsed())
    }

    /// What is left for stopping what was started.
    pub(super) fn left_to_stop(self) -> Duration {
        self.left().saturating_sub(LAST_LINES)
    }

    /// When judging has to be over: a command is then still to be stopped.
    pub(super) fn end_of_judging(self, command: bool) -> Instant {
        let reserve = if command {
            (self.limit / 4).min(Duration::from_secs(2))
        } else {
            (self.limit / 10).min(LAST_LINES)
        };
        self.begun + self.limit.saturating_sub(reserve)
    }

    /// Ready when judging has to be over.
    pub(super) async fn judged(self, command: bool) {
        tokio::time::sleep_until(self.end_of_judging(command).into()).await;
    }
}
