//! Redirections that lead elsewhere, and redirections where the document refuses.

use hyper::header;

use super::{
    Subject,
    edits::{redirect, status},
};
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = logouts();
    faults.extend(instead_of_refusals());
    faults
}

fn logouts() -> Vec<Subject> {
    vec![
        Subject::fault(
            "logout-301",
            "A logout is answered with 301, which clients remember for ever.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], status(301)),
        Subject::fault(
            "logout-307",
            "A logout is answered with 307, which makes clients repeat the DELETE at the root.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], status(307)),
        Subject::fault(
            "logout-308",
            "A logout is answered with 308, which makes clients repeat the DELETE for ever.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], status(308)),
        Subject::fault(
            "logout-without-location",
            "A logout is answered with 302 and no Location.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], |_, answer, _| {
            answer.headers.remove(header::LOCATION);
        }),
        Subject::fault(
            "logout-to-login",
            "A logout redirects to a login page.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], redirect(302, "/login")),
        Subject::fault(
            "logout-to-profile",
            "A logout redirects to the profile.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], redirect(302, "/profile")),
        Subject::fault(
            "logout-to-sessions",
            "A logout redirects to the path that it was sent to.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], redirect(302, "/sessions")),
        Subject::fault(
            "logout-to-another-host",
            "A logout redirects to the root of another host.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], redirect(302, "http://localhost.invalid/")),
        Subject::fault(
            "logout-welcome-at-once",
            "A logout answers the welcome itself instead of redirecting to it.",
            &["LOGOUT-1", "E2E-1"],
        )
        .at([Case::Logout], |_, answer, _| {
            *answer = Answer::json(200, &serde_json::json!({"message": "Bienvenue"}));
        }),
    ]
}

fn instead_of_refusals() -> Vec<Subject> {
    vec![
        Subject::fault(
            "register-redirects",
            "A registration redirects to the login, as sites for browsers do.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], redirect(302, "/sessions")),
        Subject::fault(
            "login-redirects-to-profile",
            "A login sets its cookie and redirects to the profile.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], |_, answer, _| {
            let cookies = answer.cookies();
            *answer = Answer::redirect(302, "/profile");
            for cookie in cookies {
                answer.add_cookie(&cookie.to_string());
            }
        }),
        Subject::fault(
            "login-wrong-password-redirects",
            "A wrong password redirects to a login page.",
            &["LOGIN-4", "LOGIN-6", "E2E-1"],
        )
        .at([Case::LoginWrong], redirect(302, "/login")),
        Subject::fault(
            "profile-bare-redirects",
            "A profile without a cookie redirects to a login page.",
            &["PROFILE-2", "E2E-1"],
        )
        .at([Case::ProfileBare], redirect(302, "/login")),
        Subject::fault(
            "profile-bad-id-redirects",
            "A profile with an unknown session redirects to the root.",
            &["PROFILE-3"],
        )
        .at([Case::ProfileBad], redirect(302, "/")),
        Subject::fault(
            "profile-ended-redirects",
            "The profile of an ended session redirects to the root.",
            &["LOGOUT-2"],
        )
        .at([Case::ProfileEnded], redirect(302, "/")),
        Subject::fault(
            "logout-bare-303",
            "A logout without a cookie redirects to a login page.",
            &["LOGOUT-3"],
        )
        .at([Case::LogoutBare], redirect(303, "/login")),
        Subject::fault(
            "reset-unknown-email-redirects",
            "A token for an unknown email is answered with a redirection.",
            &["RESET-2"],
        )
        .at([Case::ResetUnknown], redirect(302, "/")),
        Subject::fault(
            "update-redirects",
            "A password update redirects to the login.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], redirect(303, "/sessions")),
    ]
}
