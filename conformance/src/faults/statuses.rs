//! One status in place of another: the commonest fault of all.

use super::{
    Subject,
    edits::{refuse, status, succeed},
};
use crate::proxy::Case;

/// A fault that answers one case with another status: its id, what it is caught by, the case, the
/// status, the sentence.
type Row = (
    &'static str,
    &'static [&'static str],
    Case,
    u16,
    &'static str,
);

/// The answer keeps its payload and its headers.
#[rustfmt::skip] // A table reads best as one.
const SUCCESSES: &[Row] = &[
    ("welcome-201", &["ROOT-1"], Case::Welcome, 201,
     "The welcome is answered with 201."),
    ("welcome-404-with-payload", &["ROOT-1"], Case::Welcome, 404,
     "The welcome comes with its payload and status 404."),
    ("register-201", &["REG-1", "E2E-1"], Case::Register, 201,
     "A registration is answered with 201 Created."),
    ("register-202", &["REG-1", "E2E-1"], Case::Register, 202,
     "A registration is answered with 202 Accepted."),
    ("register-400", &["REG-1", "E2E-1"], Case::Register, 400,
     "A registration works, and is answered with 400."),
    ("register-500", &["REG-1", "E2E-1"], Case::Register, 500,
     "A registration works, and is answered with 500."),
    ("login-201", &["LOGIN-1", "E2E-1"], Case::Login, 201,
     "A login is answered with 201 Created."),
    ("login-202", &["LOGIN-1", "E2E-1"], Case::Login, 202,
     "A login is answered with 202 Accepted."),
    ("login-302", &["LOGIN-1", "E2E-1"], Case::Login, 302,
     "A login is answered with a redirection status."),
    ("profile-201", &["PROFILE-1", "E2E-1"], Case::Profile, 201,
     "A profile is answered with 201."),
    ("profile-203", &["PROFILE-1", "E2E-1"], Case::Profile, 203,
     "A profile is answered with 203."),
    ("reset-201", &["RESET-1", "E2E-1"], Case::Reset, 201,
     "A reset token is answered with 201 Created."),
    ("reset-202", &["RESET-1", "E2E-1"], Case::Reset, 202,
     "A reset token is answered with 202 Accepted."),
    ("update-201", &["UPDATE-1", "E2E-1"], Case::Update, 201,
     "A password update is answered with 201."),
    ("update-202", &["UPDATE-1", "E2E-1"], Case::Update, 202,
     "A password update is answered with 202."),
    ("register-taken-200", &["REG-2"], Case::RegisterTaken, 200,
     "A taken email gets the documented message with status 200."),
    ("register-taken-409", &["REG-2"], Case::RegisterTaken, 409,
     "A taken email gets the documented message with status 409."),
    ("register-taken-403", &["REG-2"], Case::RegisterTaken, 403,
     "A taken email gets the documented message with status 403."),
    ("register-taken-401", &["REG-2"], Case::RegisterTaken, 401,
     "A taken email gets the documented message with status 401."),
    ("register-taken-422", &["REG-2"], Case::RegisterTaken, 422,
     "A taken email gets the documented message with status 422."),
];

/// An error page comes in place of the answer.
#[rustfmt::skip] // A table reads best as one.
const REFUSALS: &[Row] = &[
    ("welcome-500", &["ROOT-1"], Case::Welcome, 500,
     "The welcome fails with 500."),
    ("register-taken-500", &["REG-2"], Case::RegisterTaken, 500,
     "A registration of a taken email fails with 500."),
    ("login-204", &["LOGIN-1", "LOGIN-2", "E2E-1"], Case::Login, 204,
     "A login is answered with 204 and no cookie."),
    ("login-always-401", &["LOGIN-1", "E2E-1"], Case::Login, 401,
     "Every login is refused."),
    ("login-500", &["LOGIN-1", "E2E-1"], Case::Login, 500,
     "A login with the right password fails with 500."),
    ("login-wrong-password-400", &["LOGIN-4", "LOGIN-6", "E2E-1"], Case::LoginWrong, 400,
     "A wrong password is answered with 400."),
    ("login-wrong-password-403", &["LOGIN-4", "LOGIN-6", "E2E-1"], Case::LoginWrong, 403,
     "A wrong password is answered with 403."),
    ("login-wrong-password-404", &["LOGIN-4", "LOGIN-6", "E2E-1"], Case::LoginWrong, 404,
     "A wrong password is answered with 404."),
    ("login-wrong-password-500", &["LOGIN-4", "LOGIN-6", "E2E-1"], Case::LoginWrong, 500,
     "A wrong password fails with 500."),
    ("login-unknown-email-400", &["LOGIN-5"], Case::LoginUnknown, 400,
     "An unknown email is answered with 400 at login."),
    ("login-unknown-email-403", &["LOGIN-5"], Case::LoginUnknown, 403,
     "An unknown email is answered with 403 at login."),
    ("login-unknown-email-404", &["LOGIN-5"], Case::LoginUnknown, 404,
     "An unknown email is answered with 404 at login."),
    ("login-unknown-email-500", &["LOGIN-5"], Case::LoginUnknown, 500,
     "An unknown email makes the login fail with 500."),
    ("profile-204", &["PROFILE-1", "E2E-1"], Case::Profile, 204,
     "A profile is answered with 204 and nothing in it."),
    ("profile-500", &["PROFILE-1", "E2E-1"], Case::Profile, 500,
     "The profile of a live session fails with 500."),
    ("profile-always-403", &["PROFILE-1", "E2E-1"], Case::Profile, 403,
     "No session is ever recognized: every profile is refused."),
    ("profile-bare-400", &["PROFILE-2", "E2E-1"], Case::ProfileBare, 400,
     "A profile without a cookie is answered with 400."),
    ("profile-bare-401", &["PROFILE-2", "E2E-1"], Case::ProfileBare, 401,
     "A profile without a cookie is answered with 401."),
    ("profile-bare-404", &["PROFILE-2", "E2E-1"], Case::ProfileBare, 404,
     "A profile without a cookie is answered with 404."),
    ("profile-bare-500", &["PROFILE-2", "E2E-1"], Case::ProfileBare, 500,
     "A profile without a cookie fails with 500."),
    ("profile-bad-id-400", &["PROFILE-3"], Case::ProfileBad, 400,
     "A profile with an unknown session is answered with 400."),
    ("profile-bad-id-401", &["PROFILE-3"], Case::ProfileBad, 401,
     "A profile with an unknown session is answered with 401."),
    ("profile-bad-id-404", &["PROFILE-3"], Case::ProfileBad, 404,
     "A profile with an unknown session is answered with 404."),
    ("profile-bad-id-500", &["PROFILE-3"], Case::ProfileBad, 500,
     "A profile with an unknown session fails with 500."),
    ("profile-ended-401", &["LOGOUT-2"], Case::ProfileEnded, 401,
     "The profile of an ended session is answered with 401."),
    ("profile-ended-500", &["LOGOUT-2"], Case::ProfileEnded, 500,
     "The profile of an ended session fails with 500."),
    ("logout-200", &["LOGOUT-1", "E2E-1"], Case::Logout, 200,
     "A logout is answered with 200 and a page."),
    ("logout-204", &["LOGOUT-1", "E2E-1"], Case::Logout, 204,
     "A logout is answered with 204."),
    ("logout-500", &["LOGOUT-1", "E2E-1"], Case::Logout, 500,
     "A logout ends the session and then fails with 500."),
    ("logout-ended-404", &["LOGOUT-2"], Case::LogoutEnded, 404,
     "A second logout is answered with 404."),
    ("logout-ended-500", &["LOGOUT-2"], Case::LogoutEnded, 500,
     "A second logout fails with 500."),
    ("logout-bare-400", &["LOGOUT-3"], Case::LogoutBare, 400,
     "A logout without a cookie is answered with 400."),
    ("logout-bare-401", &["LOGOUT-3"], Case::LogoutBare, 401,
     "A logout without a cookie is answered with 401."),
    ("logout-bare-404", &["LOGOUT-3"], Case::LogoutBare, 404,
     "A logout without a cookie is answered with 404."),
    ("logout-bare-500", &["LOGOUT-3"], Case::LogoutBare, 500,
     "A logout without a cookie fails with 500."),
    ("logout-bad-id-401", &["LOGOUT-4"], Case::LogoutBad, 401,
     "A logout with an unknown session is answered with 401."),
    ("logout-bad-id-404", &["LOGOUT-4"], Case::LogoutBad, 404,
     "A logout with an unknown session is answered with 404."),
    ("logout-bad-id-500", &["LOGOUT-4"], Case::LogoutBad, 500,
     "A logout with an unknown session fails with 500."),
    ("reset-204", &["RESET-1", "E2E-1"], Case::Reset, 204,
     "A request for a token is answered with 204, as if the token came by mail."),
    ("reset-500", &["RESET-1", "E2E-1"], Case::Reset, 500,
     "A request for a token fails with 500."),
    ("reset-unknown-email-400", &["RESET-2"], Case::ResetUnknown, 400,
     "A token for an unknown email is refused with 400."),
    ("reset-unknown-email-401", &["RESET-2"], Case::ResetUnknown, 401,
     "A token for an unknown email is refused with 401."),
    ("reset-unknown-email-404", &["RESET-2"], Case::ResetUnknown, 404,
     "A token for an unknown email is refused with 404."),
    ("reset-unknown-email-500", &["RESET-2"], Case::ResetUnknown, 500,
     "A token for an unknown email fails with 500."),
    ("update-204", &["UPDATE-1", "E2E-1"], Case::Update, 204,
     "A password update is answered with 204."),
    ("update-500", &["UPDATE-1", "E2E-1"], Case::Update, 500,
     "A password update works and then fails with 500."),
    ("update-used-token-400", &["UPDATE-3"], Case::UpdateUsed, 400,
     "A used token is refused with 400."),
    ("update-used-token-410", &["UPDATE-3"], Case::UpdateUsed, 410,
     "A used token is refused with 410 Gone."),
    ("update-used-token-500", &["UPDATE-3"], Case::UpdateUsed, 500,
     "A used token fails with 500."),
    ("update-replaced-token-404", &["RESET-4"], Case::UpdateReplaced, 404,
     "A token that a newer one replaced is refused with 404."),
    ("update-bad-token-400", &["UPDATE-4"], Case::UpdateBad, 400,
     "An unknown token is refused with 400."),
    ("update-bad-token-401", &["UPDATE-4"], Case::UpdateBad, 401,
     "An unknown token is refused with 401."),
    ("update-bad-token-404", &["UPDATE-4"], Case::UpdateBad, 404,
     "An unknown token is refused with 404."),
    ("update-bad-token-500", &["UPDATE-4"], Case::UpdateBad, 500,
     "An unknown token fails with 500."),
];

/// What the document says of a success comes in place of the refusal.
#[rustfmt::skip] // A table reads best as one.
const ACCEPTED: &[(&str, &[&str], Case, &str)] = &[
    ("register-taken-created", &["REG-2"], Case::RegisterTaken,
     "A second registration of an email is answered as if it were the first."),
    ("login-wrong-password-200", &["LOGIN-4", "LOGIN-6", "E2E-1"], Case::LoginWrong,
     "A wrong password is answered as a login, without a cookie."),
    ("login-unknown-email-200", &["LOGIN-5"], Case::LoginUnknown,
     "An unknown email is answered as a login, without a cookie."),
    ("logout-ended-302", &["LOGOUT-2"], Case::LogoutEnded,
     "A second logout is redirected as the first was."),
    ("logout-bare-302", &["LOGOUT-3"], Case::LogoutBare,
     "A logout without a cookie is redirected as if somebody had been logged in."),
    ("logout-bad-id-302", &["LOGOUT-4"], Case::LogoutBad,
     "A logout with an unknown session is redirected as if it had been live."),
    ("reset-unknown-email-200", &["RESET-2"], Case::ResetUnknown,
     "An unknown email gets a token too, so as not to tell who is registered."),
    ("update-used-token-200", &["UPDATE-3"], Case::UpdateUsed,
     "A used token is answered as if it had worked again."),
    ("update-replaced-token-200", &["RESET-4"], Case::UpdateReplaced,
     "A token that a newer one replaced is answered as if it had worked."),
    ("update-bad-token-200", &["UPDATE-4"], Case::UpdateBad,
     "An unknown token is answered as if it had worked."),
];

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let kept = SUCCESSES
        .iter()
        .map(|&(id, caught_by, case, code, sentence)| {
            Subject::fault(id, sentence, caught_by).at([case], status(code))
        });
    let refused = REFUSALS
        .iter()
        .map(|&(id, caught_by, case, code, sentence)| {
            Subject::fault(id, sentence, caught_by).at([case], refuse(code))
        });
    let accepted = ACCEPTED.iter().map(|&(id, caught_by, case, sentence)| {
        Subject::fault(id, sentence, caught_by).at([case], succeed())
    });
    kept.chain(refused).chain(accepted).collect()
}
