//! The document as a state machine: tasks 0 to 19 in one place.
//!
//! ```text
//! Call      what a request means, however it is spelt
//! State     users, passwords, sessions and tokens, as the calls have left them
//! Case      which of the document's cases a call is in a state
//! Expected  what may be answered in that case; where the document is silent, what is free
//! ```
//!
//! Faults are stated against it, and the suite judges every exchange by it, so that both read the
//! same document. Histories are what people do with it: [`History`], those of a run ([`chosen`]),
//! others that are drawn, and what of the document they take ([`Coverage`]).

mod call;
mod case;
mod coverage;
mod draw;
mod expected;
mod history;
mod ideal;
mod near_text;
mod nearly_right;
mod neighbours;
mod observed;
mod request;
mod spelling;
mod state;
mod turn;
mod turn_values;
mod values;
mod written;

pub use call::{Call, Route, SESSION_COOKIE};
pub use case::Case;
pub use coverage::{Coverage, Variant};
pub use draw::{draw_freely, reachable};
pub use expected::{A_UUID, Expected, Grant, Refusal, expected};
pub use history::{Act, Carrying, History, Id, People, Step, Token, Wrong};
pub use ideal::Ideal;
pub(crate) use near_text::{replaced, swapped};
pub use request::{MISPLACED, Request};
pub use spelling::{OF_COOKIES, OF_FORMS, Spelling};
pub use state::{Account, Seen, State};
pub use values::{EmailKind, NAMES, PasswordKind, Person, SCRIPTED, Source};
pub use written::chosen;

#[cfg(test)]
mod tests;
