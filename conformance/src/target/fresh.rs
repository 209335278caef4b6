//! Targets of our own can begin again from an empty store.

use std::fmt::Debug;

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::Url;

/// A target that the suite may start afresh whenever a scenario needs an empty store.
pub trait FreshStart: Debug + Send + Sync {
    /// Ends what runs now, if that is in the way, starts it again, and waits until it answers.
    /// Yields where it is, or says why it is not there.
    fn fresh(&self) -> BoxFuture<'_, Result<Url, String>>;

    /// Why what was started last was ended by whoever started it, where it took too much.
    fn was_ended(&self) -> BoxFuture<'_, Option<String>> {
        futures::future::ready(None).boxed()
    }

    /// How what was started last has ended by itself, where it is a process and has.
    fn has_ended(&self) -> BoxFuture<'_, Option<String>> {
        futures::future::ready(None).boxed()
    }
}
