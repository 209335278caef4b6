//! Right statuses with payloads of other words, members or values.

use serde_json::json;

use crate::proof::{
    proxy::Case,
    subject::edits::{
        Edit::{Json, Member, MemberOf, Refuse, Renamed, Respond, Without},
        Row,
    },
};

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("welcome-lower-case", "The welcome says 'bienvenue' without its capital.",
     &["ROOT-1"], &[Case::Welcome], Member("message", r#""bienvenue""#)),
    ("welcome-translated", "The welcome says 'Welcome'.",
     &["ROOT-1"], &[Case::Welcome], Member("message", r#""Welcome""#)),
    ("welcome-key-msg", "The welcome's member is called 'msg'.",
     &["ROOT-1"], &[Case::Welcome], Renamed("message", "msg")),
    ("welcome-extra-member", "The welcome has a member 'status' beside the message.",
     &["ROOT-1"], &[Case::Welcome], Member("status", r#""ok""#)),
    ("welcome-bare-string", "The welcome is a JSON string and no object.",
     &["ROOT-1"], &[Case::Welcome], Json(r#""Bienvenue""#)),
    ("register-message-full-stop", "A registration's message ends in a full stop.",
     &["REG-1", "E2E-1"], &[Case::Register], Member("message", r#""user created.""#)),
    ("register-email-null", "A registration's payload has null for the email.",
     &["REG-1", "E2E-1"], &[Case::Register], Member("email", "null")),
    ("register-shows-id", "A registration's payload has the user's id as well.",
     &["REG-1", "E2E-1"], &[Case::Register], Member("id", "1")),
    ("register-shows-password", "A registration's payload repeats the password.",
     &["REG-1", "E2E-1"], &[Case::Register], MemberOf("password", |request, _| request.field("password"))),
    ("register-taken-message-other", "A taken email gets the message 'email already exists'.",
     &["REG-2"], &[Case::RegisterTaken], Member("message", r#""email already exists""#)),
    ("register-taken-key-error", "A taken email gets its message in a member called 'error'.",
     &["REG-2"], &[Case::RegisterTaken], Renamed("message", "error")),
    ("register-taken-shows-email", "A taken email's refusal repeats the email beside the message.",
     &["REG-2"], &[Case::RegisterTaken], MemberOf("email", |request, _| request.field("email"))),
    ("register-taken-page", "A taken email is refused with an error page and no payload.",
     &["REG-2"], &[Case::RegisterTaken], Refuse(400)),
    ("login-shows-session", "A login's payload has the session id as well.",
     &["LOGIN-1", "E2E-1"], &[Case::Login], Respond(|_, response, _| {
         let session = response.session();
         response.map_payload(|payload| payload["session_id"] = json!(session));
     })),
    ("login-empty-object", "A login's payload is an empty object.",
     &["LOGIN-1", "E2E-1"], &[Case::Login], Respond(|_, response, _| response.set_payload(&json!({})))),
    ("profile-key-user", "A profile's member is called 'user'.",
     &["PROFILE-1", "E2E-1"], &[Case::Profile], Renamed("email", "user")),
    ("profile-shows-id", "A profile has the user's id beside the email.",
     &["PROFILE-1", "E2E-1"], &[Case::Profile], Member("id", "7")),
    ("profile-email-null", "A profile has null for the email.",
     &["PROFILE-1", "E2E-1"], &[Case::Profile], Member("email", "null")),
    ("profile-email-in-list", "A profile has the email in a list.",
     &["PROFILE-1", "E2E-1"], &[Case::Profile], Respond(|_, response, _| {
         response.map_payload(|payload| payload["email"] = json!([payload["email"]]));
     })),
    ("profile-email-capitals", "A profile shows the email in capitals.",
     &["PROFILE-1", "E2E-1"], &[Case::Profile], Respond(|_, response, _| {
         let email = response.member("email").unwrap_or_default().to_uppercase();
         response.map_payload(|payload| payload["email"] = json!(email));
     })),
    ("reset-key-token", "The token comes in a member called 'token'.",
     &["RESET-1", "E2E-1"], &[Case::Reset], Renamed("reset_token", "token")),
    ("reset-without-token", "The token is not in the payload.",
     &["RESET-1", "E2E-1"], &[Case::Reset], Without("reset_token")),
    ("reset-token-null", "The token in the payload is null.",
     &["RESET-1", "E2E-1"], &[Case::Reset], Member("reset_token", "null")),
    ("reset-extra-message", "The payload with the token has a message as well.",
     &["RESET-1", "E2E-1"], &[Case::Reset], Member("message", r#""token generated""#)),
    ("update-message-capitals", "An update's message is 'Password Updated'.",
     &["UPDATE-1", "E2E-1"], &[Case::Update], Member("message", r#""Password Updated""#)),
    ("update-shows-password", "An update's payload repeats the new password.",
     &["UPDATE-1", "E2E-1"], &[Case::Update], MemberOf("new_password", |request, _| request.field("new_password"))),
];
