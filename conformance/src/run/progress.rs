//! Who is told while a run goes on.

use std::fmt::Debug;

use crate::{run::Outcome, suite::Case, target::TargetInfo};

/// Told of each scenario as it begins and ends.
pub trait Observer: Debug {
    /// The target is there; the run's data will be made from `seed`.
    fn meets(&self, _target: &TargetInfo, _seed: u64) {}
    /// The run begins; so many scenarios are due.
    fn begins(&self, _scenarios: usize) {}
    /// A scenario begins.
    fn starts(&self, _case: &Case) {}
    /// A scenario has ended.
    fn ends(&self, _case: &Case, _outcome: &Outcome) {}
}

/// Tells nobody.
#[derive(Debug)]
pub struct Silent;

impl Observer for Silent {}
