//! Whether several runs of the same selection agree.

use std::collections::BTreeMap;

use super::{Verdict, of};
use crate::run::Run;

/// For a requirement each verdict that it got, with the seeds of the runs.
pub type Verdicts = BTreeMap<Verdict, Vec<u64>>;

/// The verdicts of several runs, by requirement.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Steadiness {
    runs: usize,
    /// In the order of the suite.
    verdicts: Vec<(String, Verdicts)>,
}

impl Steadiness {
    /// Takes in the verdicts of one more run.
    pub fn take(&mut self, run: &Run) {
        self.runs += 1;
        for requirement in &run.requirements {
            let index = self
                .verdicts
                .iter()
                .position(|(id, _)| *id == requirement.id)
                .unwrap_or_else(|| {
                    let new = (requirement.id.clone(), Verdicts::new());
                    self.verdicts.push(new);
                    self.verdicts.len() - 1
                });
            let seeds = self.verdicts[index].1.entry(of(run, requirement));
            seeds.or_default().push(run.seed);
        }
    }

    /// How many runs were taken in.
    pub fn runs(&self) -> usize {
        self.runs
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
