//! Routes that are missing, or that listen at another path or to another method; and what
//! happens off the documented paths.

use crate::proof::subject::{documented::welcome, prelude::*};

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("slash-redirects",
     "Every documented path but the root redirects to itself with a slash at the end.",
     &["REG-1", "E2E-1"], ANY, Before(|case, request, _| {
         let documented = case != Case::Welcome && case != Case::Elsewhere;
         documented.then(|| Response::redirect(308, &format!("{}/", request.path)))
     })),
    ("wrong-method-without-allow", "A 405 does not say which methods the path has.",
     &["HTTP-3"], &[Case::Elsewhere], After(|_, request, response, state| {
         if !unknown_path(request, state) {
             response.set_status(405);
             response.headers.remove(header::ALLOW);
         }
     })),
    ("welcome-missing", "There is no route at the root.",
     &["ROOT-1"], &[Case::Welcome], Deny(404, always)),
    ("register-at-register", "Users register at /register, and /users is unknown.",
     &["REG-1", "E2E-1"], REGISTRATIONS, Deny(404, always)),
    ("login-at-login", "Users log in at /login, and POST /sessions is unknown.",
     &["LOGIN-1", "E2E-1"], LOGINS, Deny(404, always)),
    ("login-405", "POST /sessions answers 405, as when the route was given no methods.",
     &["LOGIN-1", "E2E-1"], LOGINS, Deny(405, always)),
    ("profile-at-me", "The profile lives at /me, and /profile is unknown.",
     &["PROFILE-1", "PROFILE-2", "PROFILE-3", "E2E-1"], PROFILES, Deny(404, always)),
    ("logout-by-post", "A logout is POST /logout, and DELETE /sessions answers 405.",
     &["LOGOUT-1", "LOGOUT-3", "LOGOUT-4", "E2E-1"], LOGOUTS, Deny(405, always)),
    ("reset-missing", "POST /reset_password is unknown, as the route is spelled /reset-password.",
     &["RESET-1", "E2E-1"], TOKENS, Deny(404, always)),
    ("update-by-patch", "A password is updated by PATCH, and PUT answers 405.",
     &["UPDATE-1", "UPDATE-4", "E2E-1"], UPDATES, Deny(405, always)),
    ("unknown-path-welcome", "Every unknown path answers the welcome.",
     &["HTTP-1"], &[Case::Elsewhere],
     Before(|_, request, state| unknown_path(request, state).then(welcome))),
    ("unknown-path-redirects", "Every unknown path redirects to the root.",
     &["HTTP-1"], &[Case::Elsewhere],
     Before(|_, request, state| unknown_path(request, state).then(|| Response::redirect(302, "/")))),
    ("unknown-path-500", "Every unknown path fails with 500.",
     &["HTTP-1"], &[Case::Elsewhere], Deny(500, unknown_path)),
    ("unknown-path-403", "Every unknown path is refused with 403.",
     &["HTTP-1"], &[Case::Elsewhere], Deny(403, unknown_path)),
    ("wrong-method-200", "A method that a path does not have is answered with 200.",
     &["HTTP-2"], &[Case::Elsewhere],
     Before(|_, request, state| wrong_method(request, state).then(|| Response::json(200, &json!({}))))),
    ("wrong-method-500", "A method that a path does not have fails with 500.",
     &["HTTP-2"], &[Case::Elsewhere], Deny(500, wrong_method)),
    ("wrong-method-400", "A method that a path does not have is answered with 400.",
     &["HTTP-2"], &[Case::Elsewhere], Deny(400, wrong_method)),
];

const DOCUMENTED: [&str; 5] = ["/", "/users", "/sessions", "/profile", "/reset_password"];

fn always(_: &Request, _: &ObservedState) -> bool {
    true
}

fn unknown_path(request: &Request, _: &ObservedState) -> bool {
    !DOCUMENTED.contains(&&*request.path)
}

/// HEAD and OPTIONS are for a server to support or not.
fn wrong_method(request: &Request, state: &ObservedState) -> bool {
    let free = [Method::HEAD, Method::OPTIONS];
    !unknown_path(request, state) && !free.contains(&request.method)
}
