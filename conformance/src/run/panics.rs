//! Panics, each of which is a defect of the runner.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// What a panic said, as the end of a sentence.
pub fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    format!("a panic: {}", text.unwrap_or("it said nothing"))
}

/// Calls something whose panic must not take the rest with it.
///
/// # Errors
/// When it panics: that is a defect of the runner, and this is what it said.
pub fn contained<T>(what: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(what)).map_err(|payload| said(&*payload))
}
