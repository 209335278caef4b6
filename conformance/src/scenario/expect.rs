//! Expectations of an answer. Each says all that differs, not only the first, and accepts every
//! choice that the document leaves open.

mod cookie;
mod cookie_date;
mod json;
mod redirect;
mod status;

pub use cookie::{
    SessionCookie, cookie_for, live_session_cookie, opened_session, protected_session_cookie,
    session_cookie,
};
pub(crate) use json::is_uuid;
pub use json::{given_token, json, json_member, mentions, naming};
pub use redirect::redirect_to_root;
pub use status::{Status, status};

use crate::http::{Exchange, Mismatch, Response, visible::visible};

/// The answer, or the mismatch that there is none.
///
/// # Errors
/// When no answer came.
pub fn answered<'a>(exchange: &'a Exchange, expected: &str) -> Result<&'a Response, Mismatch> {
    exchange
        .answer
        .as_ref()
        .map_err(|none| Mismatch::new("answer", expected, none.to_string()))
}

/// A text from the target, cut and made safe for a line of a report.
pub fn shown(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut one_line = String::new();
    for c in text.chars().take(LONGEST) {
        if c.is_control() {
            one_line.extend(c.escape_default());
        } else {
            one_line.push(c);
        }
    }
    let one_line = visible(&one_line);
    if text.chars().nth(LONGEST).is_some() {
        format!("{one_line}… ({} bytes in all)", text.len())
    } else {
        one_line.into_owned()
    }
}
