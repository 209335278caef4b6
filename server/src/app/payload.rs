//! The payloads, with their members in the document's order.

use serde::Serialize;

/// `{"message": …}` (tasks 6 and 7).
#[derive(Serialize)]
pub(super) struct Message {
    pub(super) message: &'static str,
}

/// `{"email": …, "message": …}` (tasks 7, 11 and 19).
#[derive(Serialize)]
pub(super) struct EmailAndMessage<'a> {
    pub(super) email: &'a str,
    pub(super) message: &'static str,
}

/// `{"email": …}` (task 15).
#[derive(Serialize)]
pub(super) struct Email<'a> {
    pub(super) email: &'a str,
}

/// `{"email": …, "reset_token": …}` (task 17).
#[derive(Serialize)]
pub(super) struct EmailAndToken<'a> {
    pub(super) email: &'a str,
    pub(super) reset_token: &'a str,
}
