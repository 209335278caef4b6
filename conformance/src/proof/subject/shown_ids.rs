//! Session ids and tokens that look otherwise than the target's own, and work.

use serde_json::json;

use crate::proof::proxy::{Ask, Behaviour, Case, Shadow};

/// How an id looks, made of the target's own and its number.
type Write = fn(&str, u64) -> String;

/// A server with such session ids.
pub(crate) fn sessions(write: Write) -> Behaviour {
    Behaviour::default()
        .before(|_, ask, shadow| session_behind(ask, shadow))
        .at([Case::Login], move |_, answer, shadow| {
            if let Some(session) = answer.session() {
                answer.set_session(&show(session, write, shadow));
            }
        })
}

/// A server with such tokens.
pub(crate) fn tokens(write: Write) -> Behaviour {
    Behaviour::default()
        .before(|_, ask, shadow| {
            let real = shadow.notes.get(&ask.field("reset_token")?)?;
            ask.set_field("reset_token", real);
            None
        })
        .at([Case::Reset], move |_, answer, shadow| {
            if let Some(token) = answer.member("reset_token") {
                let shown = show(token, write, shadow);
                answer.map_payload(|payload| payload["reset_token"] = json!(shown));
            }
        })
}

fn show(real: String, write: Write, shadow: &mut Shadow) -> String {
    let number = shadow.count("shown");
    let shown = write(&real, number);
    shadow.notes.insert(shown.clone(), real);
    shown
}

fn session_behind<T>(ask: &mut Ask, shadow: &Shadow) -> Option<T> {
    let shown = ask.session()?;
    if let Some(real) = shadow.notes.get(&shown) {
        ask.set_session(Some(real));
    } else if shadow.by_session(&shown).is_some() {
        // The id behind the one that was shown is nothing that a client knows.
        ask.set_session(Some("unknown"));
    }
    None
}
