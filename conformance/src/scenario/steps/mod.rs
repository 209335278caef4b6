//! The vocabulary of the features, one file an area. Steps state what a person does or sees; how
//! that is sent and judged is the business of `world`, `client` and `expect`.

#![expect(
    clippy::needless_pass_by_value,
    reason = "cucumber hands captures over by value"
)]

// cucumber turns the `Err` of a step into a panic. Here it is none: whoever stops a scenario has
// noted why in the world, where the engine finds it.
macro_rules! panic {
    ("{}", $stop:expr) => {
        $crate::scenario::Stop::noted($stop)
    };
    ($($other:tt)*) => {
        std::panic!($($other)*)
    };
}

mod accounts;
mod answers;
mod definitions;
mod flow;
mod http;
mod input;
mod login;
mod profile;
mod registration;
mod reset;
mod sessions;
mod update;
mod walk;
mod words;

pub(crate) use accounts::{looks_at_the_store, newcomers};
pub(crate) use definitions::{check, find};
