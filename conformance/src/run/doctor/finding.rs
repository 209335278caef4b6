//! One thing that was looked at.

/// How it is, the better the smaller.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum State {
    /// As a run needs it.
    Good,
    /// A run can do with it; the advice makes it better.
    Fair,
    /// A run is possible and will fail for it.
    Bad,
    /// There is nothing to run against.
    Unreachable,
}

/// What was looked at, how it is, and what to do about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// What was looked at, in a word or two.
    pub what: &'static str,
    /// How it is.
    pub state: State,
    /// What was found, as a sentence without its full stop.
    pub said: String,
    /// What to do about it.
    pub advice: Option<String>,
}

impl Finding {
    pub(super) fn good(what: &'static str, said: impl Into<String>) -> Self {
        Self {
            what,
            state: State::Good,
            said: said.into(),
            advice: None,
        }
    }

    pub(super) fn other(
        what: &'static str,
        state: State,
        said: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self {
            state,
            advice: Some(advice.into()),
            ..Self::good(what, said)
        }
    }
}
