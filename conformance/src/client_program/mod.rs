//! Client programs: the document's task 20 asks for one, and it deserves a verdict as well.
//!
//! The program runs against the reference server behind a proxy that records each call; then
//! against one with a defect in each function's subject, which it has to notice. What comes out
//! is a [`Run`](crate::run::Run) as a server's is, so every report can show it.

mod calls;
mod defects;
mod judge;
mod order;
mod port;
mod record;
mod requirements;
mod stage;
mod summary;

pub use judge::{Judged, judge};
pub use stage::ProgramSettings;
pub use summary::summary;
