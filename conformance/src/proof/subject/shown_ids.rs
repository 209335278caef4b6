//! Session ids and tokens that look otherwise than the target's own, and work.

use crate::proof::proxy::{Case, Middleware, ObservedState};

/// How an id looks, made of the target's own and its number.
pub(super) type Write = fn(&str, u64) -> String;

/// Adds such session ids.
pub(super) fn sessions(to: Middleware, write: Write) -> Middleware {
    to.before(|_, request, state| {
        let shown = request.session()?;
        if let Some(real) = state.notes.get(&shown) {
            request.set_session(Some(real));
        } else if state.by_session(&shown).is_some() {
            // The id behind the one that was shown is nothing that a client knows.
            request.set_session(Some("unknown"));
        }
        None
    })
    .at(&[Case::Login], move |_, _, response, state| {
        if let Some(session) = response.session() {
            response.set_session(&show(session, write, state));
        }
    })
}

/// Adds such tokens.
pub(super) fn tokens(to: Middleware, write: Write) -> Middleware {
    to.before(|_, request, state| {
        let real = state.notes.get(&request.field("reset_token")?)?;
        request.set_field("reset_token", real);
        None
    })
    .at(&[Case::Reset], move |_, _, response, state| {
        if let Some(token) = response.member("reset_token") {
            response.set_member("reset_token", show(token, write, state));
        }
    })
}

fn show(real: String, write: Write, state: &mut ObservedState) -> String {
    let number = state.count("shown");
    let shown = write(&real, number);
    state.notes.insert(shown.clone(), real);
    shown
}
