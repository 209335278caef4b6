//! A score: what holds, of all that counts.

use serde::Serialize;

use crate::verdict::{Totals, Verdict};

/// How many requirements hold, of all that count. What could not be judged scores nothing.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Score {
    /// Requirements that hold.
    pub pass: usize,
    /// Requirements that do not.
    pub fail: usize,
    /// Requirements on which there is no verdict.
    pub open: usize,
}

impl Score {
    /// The score of these verdicts.
    pub fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let totals: Totals = verdicts.into_iter().collect();
        Self {
            pass: totals.pass,
            fail: totals.fail,
            open: totals.incomplete + totals.not_run,
        }
    }

    /// Requirements on which there is a verdict.
    pub fn judged(self) -> usize {
        self.pass + self.fail
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.judged() + self.open
    }

    /// Whole percent, rounded down so that only a full score is 100; none where nothing could
    /// be judged.
    pub fn percent(self) -> Option<usize> {
        (self.judged() > 0).then(|| self.pass * 100 / self.total())
    }

    /// The score as people read it.
    pub fn shown(self) -> String {
        match self.percent() {
            Some(percent) => format!("{percent} %"),
            None => "–".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_judged_scores_nothing() {
        use Verdict::{Fail, Incomplete, NotRun, Pass};
        assert_eq!(Score::of([Pass, Pass, Fail]).percent(), Some(66));
        assert_eq!(
            Score::of([Pass, Pass, Fail, Incomplete, NotRun]).percent(),
            Some(40)
        );
        assert_eq!(Score::of([Incomplete]).percent(), None);
        assert_eq!(Score::of([Pass, Incomplete]).percent(), Some(50));
        assert_eq!(Score::of([Pass; 3]).percent(), Some(100));
    }
}
