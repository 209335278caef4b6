//! Whether several runs of the same selection agree.

use std::collections::BTreeMap;

use super::{Verdict, of};
use crate::run::Run;

/// For a requirement each verdict that it got, with the seeds of the runs.
pub type Verdicts = BTreeMap<Verdict, Vec<u64>>;

/// The verdicts of several runs, by requirement.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Steadiness {
    /// How many runs were taken in.
    pub runs: usize,
    /// In the order of the suite.
    verdicts: Vec<(String, Verdicts)>,
}

impl Steadiness {
    /// Takes in the verdicts of one more run.
    pub fn take(&mut self, run: &Run) {
        self.runs += 1;
        if self.verdicts.is_empty() {
            let ids = run.requirements.iter().map(|one| one.id.clone());
            self.verdicts = ids.map(|id| (id, Verdicts::new())).collect();
        }
        for ((_, verdicts), requirement) in self.verdicts.iter_mut().zip(&run.requirements) {
            let seeds = verdicts.entry(of(run, requirement)).or_default();
            seeds.push(run.seed);
        }
    }

    /// The requirements with more than one verdict.
    pub fn unsteady(&self) -> Vec<(&str, &Verdicts)> {
        self.verdicts
            .iter()
            .filter(|(_, verdicts)| verdicts.len() > 1)
            .map(|(id, verdicts)| (id.as_str(), verdicts))
            .collect()
    }
}
