//! How a scenario stops before its end.

use std::fmt;

use crate::failure::{Mismatch, Obstacle, Story};

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

/// What a step returns when it has noted in the world why the scenario stops.
///
/// The step macros turn it into a panic with [`Stop::MESSAGE`], which the engine expects.
#[derive(Clone, Copy, Debug)]
pub struct Stop;

impl Stop {
    /// The text of the panic that is none.
    pub const MESSAGE: &'static str = "authspec: the scenario stops here";
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::MESSAGE)
    }
}
