//! What a browser adds to a request, and the connection that it comes on.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("referer-is-where-to-go", "A logout redirects to where the browser comes from.",
     &["WALK-1"], &[Case::Logout], After(|_, request, response, _| {
         if let Some(from) = request.headers.get(header::REFERER) {
             response.headers.insert(header::LOCATION, from.clone());
         }
     })),
    ("page-for-a-browser", "The profile is a page for a browser that likes to read one.",
     &["WALK-1"], &[Case::Profile], RefuseIf(200, |request, _| is_browser(request))),
    ("session-bound-to-agent",
     "A session belongs to the program that logged in, and is refused to another.",
     &["WALK-1"], &[Case::Profile], Before(|_, request, state| {
         let now = is_browser(request).to_string();
         let first = state.notes.entry(request.session()?).or_insert_with(|| now.clone());
         (*first != now).then(|| Response::page(403))
     })),
    ("message-in-french",
     "The message of a refused registration is in the language that the browser likes.",
     &["WALK-1"], &[Case::RegisterTaken], MemberOf("message", |request, _| {
         request.headers.get(header::ACCEPT_LANGUAGE).map(|_| "email existe déjà".to_owned())
     })),
    ("connection-remembers-session",
     "The session is remembered for a connection, and used where a cookie is missing.",
     &["WALK-1"], ANY, Before(|case, request, state| {
         let key = request.connection.to_string();
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
     &["WALK-1"], &[Case::Profile], Before(|_, request, state| {
         let own = request.session()?;
         let first = state.notes.entry(request.connection.to_string()).or_insert(own);
         request.set_session(Some(first));
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
