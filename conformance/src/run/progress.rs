//! Who is told while a run goes on.

use std::fmt::Debug;

use crate::{run::Outcome, suite::Case, target::TargetInfo};

/// Told of each scenario as it begins and ends.
pub trait Observer: Debug {
    /// The target is there; the run's data will be made from `seed`.
    fn meets(&self, _target: &TargetInfo, _seed: u64) {}
    /// The run begins; so many scenarios are due.
    fn begins(&self, scenarios: usize);
    /// A scenario begins.
    fn starts(&self, case: &Case);
    /// A scenario has ended.
    fn ends(&self, case: &Case, outcome: &Outcome);
}

/// Tells nobody.
#[derive(Debug)]
pub struct Silent;

impl Observer for Silent {
    fn begins(&self, _: usize) {}
    fn starts(&self, _: &Case) {}
    fn ends(&self, _: &Case, _: &Outcome) {}
}
