//! What a browser adds to a request, and the connection that it comes on.

use hyper::header;
use serde_json::json;

use crate::proof::{
    proxy::{Ask, Case},
    subject::edits::{
        ANY,
        Edit::{Answers, Before},
        Row,
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("referer-is-where-to-go", "A logout redirects to where the browser comes from.",
     &["WALK-1"], &[Case::Logout], Answers(|ask, answer, _| {
         if let Some(from) = ask.headers.get(header::REFERER) {
             answer.headers.insert(header::LOCATION, from.clone());
         }
     })),
    ("page-for-a-browser", "The profile is a page for a browser that likes to read one.",
     &["WALK-1"], &[Case::Profile], Answers(|ask, answer, _| {
         if is_browser(ask) {
             *answer = crate::proof::proxy::Answer::page(200);
         }
     })),
    ("session-bound-to-agent",
     "A session belongs to the program that logged in, and is refused to another.",
     &["WALK-1"], ANY, Before(|case, ask, shadow| {
         let key = format!("agent of {}", ask.session()?);
         if case != Case::Profile {
             return None;
         }
         let first = shadow
             .notes
             .entry(key)
             .or_insert_with(|| is_browser(ask).to_string());
         (*first != is_browser(ask).to_string()).then(|| crate::proof::proxy::Answer::page(403))
     })),
    ("message-in-french",
     "The message of a refused registration is in the language that the browser likes.",
     &["WALK-1"], &[Case::RegisterTaken], Answers(|ask, answer, _| {
         if ask.headers.contains_key(header::ACCEPT_LANGUAGE) {
             answer.map_payload(|payload| payload["message"] = json!("email existe déjà"));
         }
     })),
    ("connection-remembers-session",
     "The session is remembered for a connection, and used where a cookie is missing.",
     &["WALK-1"], ANY, Before(|case, ask, shadow| {
         let key = format!("session on connection {}", ask.connection);
         match case {
             Case::Profile => {
                 shadow.notes.insert(key, ask.session()?);
             }
             Case::ProfileBare => ask.set_session(Some(shadow.notes.get(&key)?)),
             _ => {}
         }
         None
     })),
    ("connection-belongs-to-one", "A connection belongs to the first session that it has seen.",
     &["WALK-1"], ANY, Before(|case, ask, shadow| {
         if case == Case::Profile {
             let key = format!("session on connection {}", ask.connection);
             let own = ask.session()?;
             let first = shadow.notes.entry(key).or_insert(own).clone();
             ask.set_session(Some(&first));
         }
         None
     })),
];

fn is_browser(ask: &Ask) -> bool {
    let agent = ask
        .headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    agent.is_some_and(|agent| agent.starts_with("Mozilla"))
}
