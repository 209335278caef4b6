//! The suite tried against servers whose verdict is known: that it can fail, that it gives
//! nothing to a server that does nothing, and that it raises no false alarm.
//!
//! `subject → trial → matrix`: who is judged, what the suite said, and what that proves.

mod html;
mod json;
mod judge;
mod matrix;
mod pool;
mod text;
mod trial;

pub use crate::proof::subject::{Kind, Subject};
pub use html::render as html;
pub use json::render as json;
pub use matrix::{Matrix, Row, Wrong};
pub use pool::try_all;
pub use text::render as text;
pub use trial::{Base, Extent, Trial, TrialSettings};

#[cfg(test)]
mod tests;
