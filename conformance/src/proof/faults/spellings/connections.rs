//! What a browser adds to a request, and the connection that it comes on.

use hyper::header;
use serde_json::json;

use crate::proof::{
    proxy::{Case, Request},
    subject::edits::{
        ANY,
        Edit::{Before, Respond},
        Row,
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("referer-is-where-to-go", "A logout redirects to where the browser comes from.",
     &["WALK-1"], &[Case::Logout], Respond(|request, response, _| {
         if let Some(from) = request.headers.get(header::REFERER) {
             response.headers.insert(header::LOCATION, from.clone());
         }
     })),
    ("page-for-a-browser", "The profile is a page for a browser that likes to read one.",
     &["WALK-1"], &[Case::Profile], Respond(|request, response, _| {
         if is_browser(request) {
             *response = crate::proof::proxy::Response::page(200);
         }
     })),
    ("session-bound-to-agent",
     "A session belongs to the program that logged in, and is refused to another.",
     &["WALK-1"], ANY, Before(|case, request, state| {
         let key = format!("agent of {}", request.session()?);
         if case != Case::Profile {
             return None;
         }
         let first = state
             .notes
             .entry(key)
             .or_insert_with(|| is_browser(request).to_string());
         (*first != is_browser(request).to_string()).then(|| crate::proof::proxy::Response::page(403))
     })),
    ("message-in-french",
     "The message of a refused registration is in the language that the browser likes.",
     &["WALK-1"], &[Case::RegisterTaken], Respond(|request, response, _| {
         if request.headers.contains_key(header::ACCEPT_LANGUAGE) {
             response.map_payload(|payload| payload["message"] = json!("email existe déjà"));
         }
     })),
    ("connection-remembers-session",
     "The session is remembered for a connection, and used where a cookie is missing.",
     &["WALK-1"], ANY, Before(|case, request, state| {
         let key = format!("session on connection {}", request.connection);
         match case {
             Case::Profile => {
                 state.notes.insert(key, request.session()?);
             }
             Case::ProfileBare => request.set_session(Some(state.notes.get(&key)?)),
             _ => {}
         }
         None
     })),
    ("connection-belongs-to-one", "A connection belongs to the first session that it has seen.",
     &["WALK-1"], ANY, Before(|case, request, state| {
         if case == Case::Profile {
             let key = format!("session on connection {}", request.connection);
             let own = request.session()?;
             let first = state.notes.entry(key).or_insert(own).clone();
             request.set_session(Some(&first));
         }
         None
     })),
];

fn is_browser(request: &Request) -> bool {
    let agent = request
        .headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    agent.is_some_and(|agent| agent.starts_with("Mozilla"))
}
