//! Redirections that lead elsewhere, and redirections where the document refuses.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("logout-301", "A logout is answered with 301, which clients remember for ever.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], Status(301)),
    ("logout-307",
     "A logout is answered with 307, which makes clients repeat the DELETE at the root.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], Status(307)),
    ("logout-308", "A logout is answered with 308, which makes clients repeat the DELETE for ever.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], Status(308)),
    ("logout-without-location", "A logout is answered with 302 and no Location.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], WithoutHeader("location")),
    ("logout-to-login", "A logout redirects to a login page.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], Redirect(302, "/login")),
    ("logout-to-profile", "A logout redirects to the profile.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], Redirect(302, "/profile")),
    ("logout-to-sessions", "A logout redirects to the path that it was sent to.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], Redirect(302, "/sessions")),
    ("logout-to-another-host", "A logout redirects to the root of another host.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], Redirect(302, "http://localhost.invalid/")),
    ("logout-welcome-at-once", "A logout answers the welcome itself instead of redirecting to it.",
     &["LOGOUT-1", "E2E-1"], &[Case::Logout], Json(r#"{"message":"Bienvenue"}"#)),
    ("register-redirects", "A registration redirects to the login, as sites for browsers do.",
     &["REG-1", "E2E-1"], &[Case::Register], Redirect(302, "/sessions")),
    ("login-redirects-to-profile", "A login sets its cookie and redirects to the profile.",
     &["LOGIN-1", "E2E-1"], &[Case::Login], After(|_, _, response, _| {
         response.replace_but_cookies(Response::redirect(302, "/profile"));
     })),
    ("login-wrong-password-redirects", "A wrong password redirects to a login page.",
     &["LOGIN-4", "LOGIN-6", "E2E-1"], &[Case::LoginWrong], Redirect(302, "/login")),
    ("profile-bare-redirects", "A profile without a cookie redirects to a login page.",
     &["PROFILE-2", "E2E-1"], &[Case::ProfileBare], Redirect(302, "/login")),
    ("profile-bad-id-redirects", "A profile with an unknown session redirects to the root.",
     &["PROFILE-3"], &[Case::ProfileBad], Redirect(302, "/")),
    ("profile-ended-redirects", "The profile of an ended session redirects to the root.",
     &["LOGOUT-2"], &[Case::ProfileEnded], Redirect(302, "/")),
    ("logout-bare-303", "A logout without a cookie redirects to a login page.",
     &["LOGOUT-3"], &[Case::LogoutBare], Redirect(303, "/login")),
    ("reset-unknown-email-redirects",
     "A token for an unknown email is answered with a redirection.",
     &["RESET-2"], &[Case::ResetUnknown], Redirect(302, "/")),
    ("update-redirects", "A password update redirects to the login.",
     &["UPDATE-1", "E2E-1"], &[Case::Update], Redirect(303, "/sessions")),
];
