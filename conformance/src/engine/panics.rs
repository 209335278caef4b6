//! The step macros turn a step's `Err` into a panic. That is how a scenario stops, and nothing to
//! be printed; every other panic is.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Once,
};

use crate::world::Stop;

/// Keeps the panics by which scenarios stop from being printed. Other panics go on to whatever
/// hook was there. Once a process, so that runs side by side do not take each other's hook away.
pub(super) fn expect_stops() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !is_stop(info.payload()) {
                others(info);
            }
        }));
    });
}

/// Whether a panic is the end of a scenario and not a defect.
pub(super) fn is_stop(payload: &(dyn Any + Send)) -> bool {
    text(payload) == Some(Stop::MESSAGE)
}

/// What a panic said.
pub(super) fn text(payload: &(dyn Any + Send)) -> Option<&str> {
    payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
}

/// What a panic said, as the end of a sentence.
pub fn said(payload: &(dyn Any + Send)) -> String {
    format!("a panic: {}", text(payload).unwrap_or("it said nothing"))
}

/// Calls something whose panic must not take the rest with it.
///
/// # Errors
/// When it panics: that is a defect of the runner, and this is what it said.
pub fn contained<T>(what: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(what)).map_err(|payload| said(&*payload))
}
