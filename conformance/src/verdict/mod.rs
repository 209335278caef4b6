//! What a recorded run means: a verdict for each requirement and one for the whole. Functions
//! of the model alone, so that a report can never disagree with another.

pub mod baseline;
mod exit;
mod next_step;
mod steadiness;

pub use baseline::exit_status;
pub use exit::ExitStatus;
pub use next_step::{NextStep, next_step, to_mend};
pub use steadiness::{Steadiness, Verdicts};

use serde::{Deserialize, Serialize};

use crate::{
    run::{Outcome, Run, ScenarioRecord},
    suite::{Level, Requirement},
};

/// The verdict on one requirement.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every scenario of it that applies to this target ran and passed.
    Pass,
    /// A scenario of it failed.
    Fail,
    /// None failed, and one that was selected could not be judged.
    Incomplete,
    /// Not selected, or only in part, and nothing that ran failed.
    NotRun,
}

impl Verdict {
    /// The word that reports use for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Incomplete => "incomplete",
            Self::NotRun => "not-run",
        }
    }
}

/// The verdict on a whole run.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunVerdict {
    /// Everything that was selected and counts holds.
    Conforms,
    /// Something that counts fails.
    DoesNotConform,
    /// Nothing that counts fails, and something that counts could not be judged.
    Incomplete,
}

impl RunVerdict {
    /// The word that reports use for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::DoesNotConform => "does-not-conform",
            Self::Incomplete => "incomplete",
        }
    }
}

/// How many requirements of a level have which verdict.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Totals {
    /// All requirements of the level; depends on nothing but the suite's version.
    pub total: usize,
    /// [`Verdict::Pass`].
    pub pass: usize,
    /// [`Verdict::Fail`].
    pub fail: usize,
    /// [`Verdict::Incomplete`].
    pub incomplete: usize,
    /// [`Verdict::NotRun`].
    #[serde(rename = "not-run")]
    pub not_run: usize,
}

impl FromIterator<Verdict> for Totals {
    fn from_iter<I: IntoIterator<Item = Verdict>>(verdicts: I) -> Self {
        let mut totals = Self::default();
        for verdict in verdicts {
            totals.total += 1;
            match verdict {
                Verdict::Pass => totals.pass += 1,
                Verdict::Fail => totals.fail += 1,
                Verdict::Incomplete => totals.incomplete += 1,
                Verdict::NotRun => totals.not_run += 1,
            }
        }
        totals
    }
}

/// The verdict that a requirement's scenarios add up to.
pub fn of_scenarios<'a>(scenarios: impl IntoIterator<Item = &'a ScenarioRecord>) -> Verdict {
    let (mut passed, mut incomplete, mut not_run) = (0, 0, 0);
    for scenario in scenarios {
        match scenario.outcome {
            Outcome::Failed(_) => return Verdict::Fail,
            Outcome::Incomplete(_) => incomplete += 1,
            Outcome::NotRun => not_run += 1,
            Outcome::Passed => passed += 1,
            Outcome::Skipped(_) => {}
        }
    }
    match (passed, incomplete, not_run) {
        (_, 1.., _) => Verdict::Incomplete,
        (1.., 0, 0) => Verdict::Pass,
        _ => Verdict::NotRun,
    }
}

/// The verdict on one requirement of a run.
pub fn of(run: &Run, requirement: &Requirement) -> Verdict {
    of_scenarios(run.scenarios_of(&requirement.id))
}

/// The totals of one level.
pub fn totals(run: &Run, level: Level) -> Totals {
    let of_level = run.requirements.iter().filter(|r| r.level == level);
    of_level.map(|requirement| of(run, requirement)).collect()
}

/// The requirements that count, each with the verdict on it.
pub fn that_count(run: &Run) -> impl Iterator<Item = (&Requirement, Verdict)> {
    let counting = move |r: &&Requirement| r.level.counts(run.strict);
    let requirements = run.requirements.iter().filter(counting);
    requirements.map(move |requirement| (requirement, of(run, requirement)))
}

/// The totals of all levels that count.
pub fn counting(run: &Run) -> Totals {
    that_count(run).map(|(_, verdict)| verdict).collect()
}

/// The verdict on a whole run. In a run that was cut short the scenarios that were still due are
/// incomplete, and so is the run if one of them counts.
pub fn of_run(run: &Run) -> RunVerdict {
    match counting(run) {
        Totals { fail: 1.., .. } => RunVerdict::DoesNotConform,
        Totals {
            incomplete: 1.., ..
        } => RunVerdict::Incomplete,
        _ => RunVerdict::Conforms,
    }
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        sample::{failed, record},
        *,
    };
    use crate::scenario::Obstacle;

    fn incomplete() -> Outcome {
        Outcome::Incomplete(Obstacle::outside("the target is gone"))
    }

    fn verdict(outcomes: Vec<Outcome>) -> Verdict {
        let records: Vec<ScenarioRecord> = outcomes
            .into_iter()
            .map(|outcome| record("X-1", outcome))
            .collect();
        of_scenarios(&records)
    }

    fn skipped() -> Outcome {
        Outcome::Skipped("not our own".to_owned())
    }

    #[test]
    fn one_failure_decides() {
        assert_eq!(
            verdict(vec![
                Outcome::Passed,
                incomplete(),
                failed(),
                Outcome::NotRun
            ]),
            Verdict::Fail
        );
    }

    #[test]
    fn a_pass_needs_every_scenario_that_applies() {
        assert_eq!(verdict(vec![Outcome::Passed, skipped()]), Verdict::Pass);
        assert_eq!(
            verdict(vec![Outcome::Passed, Outcome::NotRun]),
            Verdict::NotRun
        );
        assert_eq!(
            verdict(vec![Outcome::Passed, incomplete()]),
            Verdict::Incomplete
        );
        assert_eq!(verdict(vec![skipped()]), Verdict::NotRun);
        assert_eq!(verdict(Vec::new()), Verdict::NotRun);
    }

    fn any_outcome() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(Outcome::Passed),
            Just(failed()),
            Just(incomplete()),
            Just(skipped()),
            Just(Outcome::NotRun),
        ]
    }

    proptest! {
        #[test]
        fn nothing_but_passes_and_skips_reads_as_a_pass(outcomes in prop::collection::vec(any_outcome(), 0..6)) {
            let clean = outcomes.iter().all(|o| matches!(o, Outcome::Passed | Outcome::Skipped(_)))
                && outcomes.contains(&Outcome::Passed);
            prop_assert_eq!(verdict(outcomes) == Verdict::Pass, clean);
        }
    }
}
