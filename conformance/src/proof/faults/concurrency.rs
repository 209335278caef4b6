//! What breaks only when requests come at the same time.

use std::time::Duration;

use crate::proof::{
    proxy::{Middleware, Tracked},
    subject::prelude::*,
};

/// How long a request is held so that others of its kind meet it.
const HELD: Duration = Duration::from_millis(40);

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("race-register-both-200",
     "Of two registrations of one email at the same time both are accepted.",
     &["REG-7"], ANY, Whole(|usual| usual.whole(|case, request, upstream| async move {
         let met = met_registrations(case, &request, &upstream).await;
         let response = upstream.send(request.clone()).await;
         if met { success(&request) } else { response }
     }))),
    ("race-register-500",
     "Of two registrations of one email at the same time the second fails with 500.",
     &["REG-7"], ANY, Whole(|usual| usual.whole(|case, request, upstream| async move {
         let met = met_registrations(case, &request, &upstream).await;
         let response = upstream.send(request).await;
         if met && response.status == 400 {
             return Response::page(500);
         }
         response
     }))),
    ("race-register-breaks-the-store",
     "Two registrations of one email at once are answered as documented; then all that reads the store fails with 500.",
     &["REG-7"], ANY, Whole(|usual| usual.whole(|case, request, upstream| async move {
         if case != Case::Welcome && upstream.state().notes.contains_key("broken") {
             return Response::page(500);
         }
         let met = met_registrations(case, &request, &upstream).await;
         let response = upstream.send(request).await;
         if met && response.status == 400 {
             upstream.state().notes.insert("broken".to_owned(), String::new());
         }
         response
     }))),
    ("race-login-refused", "A login that comes while another is under way fails with 500.",
     &["LOGIN-9"], ANY, Whole(|usual| one_at_a_time(usual, Case::Login, "logins"))),
    ("race-login-swaps", "Logins that come at the same time get each other's session.",
     &["LOGIN-9"], ANY, Whole(|usual| usual.whole(|case, request, upstream| async move {
         let met = met_others(case, &[Case::Login], "logins", &upstream).await;
         let mut response = upstream.send(request).await;
         if met {
             // Everybody answers once everybody is logged in.
             tokio::time::sleep(HELD).await;
             let newest = upstream.state().logins.last().map(|(id, _)| id.clone());
             response.set_session(&newest.unwrap_or_default());
         }
         response
     }))),
    ("race-profile-swaps", "Profiles that are asked for at the same time all show one user.",
     &["PROFILE-5"], ANY, Whole(|usual| usual.whole(|case, request, upstream| async move {
         let met = met_others(case, &[Case::Profile], "profiles", &upstream).await;
         let mut response = upstream.send(request).await;
         if met {
             let newest = upstream.state().logins.last().map(|(_, email)| email.clone());
             response.set_member("email", newest);
         }
         response
     }))),
    ("race-profile-500", "A profile that is asked for while another is under way fails with 500.",
     &["PROFILE-5"], ANY, Whole(|usual| one_at_a_time(usual, Case::Profile, "profiles"))),
];

/// A request of that case, called `what`, fails with 500 while another is under way.
fn one_at_a_time(usual: Middleware, only: Case, what: &'static str) -> Middleware {
    usual.whole(move |case, request, upstream| async move {
        if met_others(case, &[only], what, &upstream).await {
            return Response::page(500);
        }
        upstream.send(request).await
    })
}

/// Whether another registration of the same email came while this one was held.
async fn met_registrations(case: Case, request: &Request, upstream: &Tracked) -> bool {
    let email = request.field("email").unwrap_or_default();
    let what = format!("registrations of {email}");
    met_others(
        case,
        &[Case::Register, Case::RegisterTaken],
        &what,
        upstream,
    )
    .await
}

/// Whether another request of these cases, called `what`, came while this one was held. A
/// request of any other case is not held.
async fn met_others(case: Case, cases: &[Case], what: &str, upstream: &Tracked) -> bool {
    if !cases.contains(&case) {
        return false;
    }
    let arrival = upstream.state().arrive(what);
    tokio::time::sleep(HELD).await;
    upstream.state().arrivals_near(what, arrival, HELD) > 1
}
