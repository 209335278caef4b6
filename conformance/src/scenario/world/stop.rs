//! How a scenario stops before its end.

use crate::{
    http::Mismatch,
    scenario::{Obstacle, Story},
};

/// Why a scenario stopped.
#[derive(Clone, Debug)]
pub enum Stopped {
    /// The target is at fault.
    Fault {
        /// All that differs.
        mismatches: Vec<Mismatch>,
        /// The exchange that shows it.
        exchange: Option<usize>,
        /// How it came to that, where it takes more than one call.
        story: Option<Box<Story>>,
    },
    /// Something that the scenario needs was not to be had.
    Obstacle(Obstacle),
    /// The feature or the runner is at fault.
    Defect(String),
}

/// What a step returns when it has noted in the world why the scenario stops: only the world
/// makes one.
#[derive(Debug)]
pub struct Stop(pub(super) ());

impl Stop {
    /// What a step ends with: there is nothing more to do, as the world knows why.
    pub fn noted(self) {}
}
