//! authspec: a black-box conformance suite for the user authentication service.
//!
//! Features become a verdict: `suite → scenario → run → verdict → report`, each a value handed to
//! the next. Twelve rooms, in the order of their arrows: each knows those under it, and none above.
//!
//! What the command does, in ten lines:
//!
//! ```
//! use std::rc::Rc;
//! use authspec::{
//!     run::{EngineSettings, Job, Silent, StopSignal, Time},
//!     suite::{Catalogue, Level, selection::Selection},
//!     target::TargetSpec,
//!     verdict::{self, RunVerdict},
//! };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let catalogue = Catalogue::compiled_in()?;
//! let musts = Selection { levels: vec![Level::Must], ..Selection::default() };
//! let selected = musts.of(&catalogue)?;
//! // Or TargetSpec::Url, or TargetSpec::Command, which is started and stopped.
//! let target = TargetSpec::Reference { bcrypt_cost: 4 };
//! let settings = EngineSettings::default();
//! let job = Job { catalogue: &catalogue, selected: &selected, target: &target, settings: &settings };
//! let time = Time::begins(settings.deadline);
//! let run = job.judge(Rc::new(Silent), time, &StopSignal::listen()).await?;
//! assert_eq!(verdict::of_run(&run), RunVerdict::Conforms);
//! assert_eq!(verdict::of(&run, &run.requirements[0]), verdict::Verdict::Pass);
//! # Ok(())
//! # }
//! ```

pub mod cli;
pub mod grade;

pub mod client_program;
pub mod proof;

pub mod report;
pub mod verdict;

pub mod run;
pub mod scenario;

pub mod model;
pub mod suite;

pub mod target;

pub mod http;
