//! What a scenario is made of: the world with its people, what all worlds of a run share, fixtures,
//! the vocabulary of steps, what is expected of an answer, and why a scenario stops.

mod accounts;
mod context;
mod departs;
pub mod expect;
mod failure;
mod names;
pub(crate) mod steps;
pub mod watch;
mod world;

pub use accounts::{Account, Accounts, Wanted};
pub use context::{Context, Health};
pub use failure::{FailedStep, Failure, Obstacle, Story, StoryLine};
pub use names::Names;
pub(crate) use steps::{looks_at_the_store, newcomers};
pub use world::{At, Person, Stop, Stopped, World};
