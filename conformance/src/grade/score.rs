//! A score: what holds of what could be judged.

use serde::Serialize;

use crate::verdict::Verdict;

/// How many requirements hold, of those that could be judged.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Score {
    /// Requirements that hold.
    pub pass: usize,
    /// Requirements that do not.
    pub fail: usize,
    /// Requirements on which there is no verdict: they change no score.
    pub open: usize,
}

impl Score {
    /// The score of these verdicts.
    pub fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut score = Self::default();
        for verdict in verdicts {
            match verdict {
                Verdict::Pass => score.pass += 1,
                Verdict::Fail => score.fail += 1,
                Verdict::Incomplete | Verdict::NotRun => score.open += 1,
            }
        }
        score
    }

    /// Whole percent, rounded down so that only a full score is 100; none where nothing could
    /// be judged.
    pub fn percent(self) -> Option<usize> {
        let judged = self.pass + self.fail;
        (judged > 0).then(|| self.pass * 100 / judged)
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
    fn what_could_not_be_judged_changes_no_score() {
        use Verdict::{Fail, Incomplete, NotRun, Pass};
        assert_eq!(Score::of([Pass, Pass, Fail]).percent(), Some(66));
        assert_eq!(
            Score::of([Pass, Pass, Fail, Incomplete, NotRun]).percent(),
            Some(66)
        );
        assert_eq!(Score::of([Incomplete]).percent(), None);
        assert_eq!(Score::of([Pass; 3]).percent(), Some(100));
    }
}
