//! Right statuses with payloads of other words, members or values.

use serde_json::{Value, json};

use super::{
    Subject,
    edits::{member, payload, renamed, without},
};
use crate::proxy::Case;

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = welcome();
    faults.extend(registration());
    faults.extend(login_and_profile());
    faults.extend(reset_and_update());
    faults
}

fn welcome() -> Vec<Subject> {
    vec![
        Subject::fault(
            "welcome-lower-case",
            "The welcome says 'bienvenue' without its capital.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], member("message", json!("bienvenue"))),
        Subject::fault(
            "welcome-translated",
            "The welcome says 'Welcome'.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], member("message", json!("Welcome"))),
        Subject::fault(
            "welcome-key-msg",
            "The welcome's member is called 'msg'.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], renamed("message", "msg")),
        Subject::fault(
            "welcome-extra-member",
            "The welcome has a member 'status' beside the message.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], member("status", json!("ok"))),
        Subject::fault(
            "welcome-bare-string",
            "The welcome is a JSON string and no object.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], payload(&json!("Bienvenue"))),
    ]
}

fn registration() -> Vec<Subject> {
    vec![
        Subject::fault(
            "register-message-capital",
            "A registration's message is 'User created'.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], member("message", json!("User created"))),
        Subject::fault(
            "register-message-full-stop",
            "A registration's message ends in a full stop.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], member("message", json!("user created."))),
        Subject::fault(
            "register-without-email",
            "A registration's payload lacks the email.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], without("email")),
        Subject::fault(
            "register-without-message",
            "A registration's payload lacks the message.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], without("message")),
        Subject::fault(
            "register-email-null",
            "A registration's payload has null for the email.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], member("email", Value::Null)),
        Subject::fault(
            "register-shows-id",
            "A registration's payload has the user's id as well.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], member("id", json!(1))),
        Subject::fault(
            "register-shows-password",
            "A registration's payload repeats the password.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], |ask, answer, _| {
            let password = ask.field("password");
            answer.map_payload(|payload| payload["password"] = json!(password));
        }),
        Subject::fault(
            "register-taken-message-other",
            "A taken email gets the message 'email already exists'.",
            &["REG-2"],
        )
        .at(
            [Case::RegisterTaken],
            member("message", json!("email already exists")),
        ),
        Subject::fault(
            "register-taken-key-error",
            "A taken email gets its message in a member called 'error'.",
            &["REG-2"],
        )
        .at([Case::RegisterTaken], renamed("message", "error")),
        Subject::fault(
            "register-taken-shows-email",
            "A taken email's refusal repeats the email beside the message.",
            &["REG-2"],
        )
        .at([Case::RegisterTaken], |ask, answer, _| {
            let email = ask.field("email");
            answer.map_payload(|payload| payload["email"] = json!(email));
        }),
        Subject::fault(
            "register-taken-page",
            "A taken email is refused with an error page and no payload.",
            &["REG-2"],
        )
        .at([Case::RegisterTaken], super::edits::refuse(400)),
    ]
}

fn login_and_profile() -> Vec<Subject> {
    vec![
        Subject::fault(
            "login-message-capital",
            "A login's message is 'Logged in'.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], member("message", json!("Logged in"))),
        Subject::fault(
            "login-without-email",
            "A login's payload lacks the email.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], without("email")),
        Subject::fault(
            "login-without-message",
            "A login's payload lacks the message.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], without("message")),
        Subject::fault(
            "login-shows-session",
            "A login's payload has the session id as well.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], |_, answer, _| {
            let session = answer.session();
            answer.map_payload(|payload| payload["session_id"] = json!(session));
        }),
        Subject::fault(
            "login-empty-object",
            "A login's payload is an empty object.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], |_, answer, _| answer.set_payload(&json!({}))),
        Subject::fault(
            "profile-key-user",
            "A profile's member is called 'user'.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], renamed("email", "user")),
        Subject::fault(
            "profile-shows-id",
            "A profile has the user's id beside the email.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], member("id", json!(7))),
        Subject::fault(
            "profile-email-null",
            "A profile has null for the email.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], member("email", Value::Null)),
        Subject::fault(
            "profile-email-in-list",
            "A profile has the email in a list.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], |_, answer, _| {
            answer.map_payload(|payload| payload["email"] = json!([payload["email"]]));
        }),
        Subject::fault(
            "profile-email-capitals",
            "A profile shows the email in capitals.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], |_, answer, _| {
            let email = answer.member("email").unwrap_or_default().to_uppercase();
            answer.map_payload(|payload| payload["email"] = json!(email));
        }),
    ]
}

fn reset_and_update() -> Vec<Subject> {
    vec![
        Subject::fault(
            "reset-key-token",
            "The token comes in a member called 'token'.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], renamed("reset_token", "token")),
        Subject::fault(
            "reset-without-token",
            "The token is not in the payload.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], without("reset_token")),
        Subject::fault(
            "reset-token-null",
            "The token in the payload is null.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], member("reset_token", Value::Null)),
        Subject::fault(
            "reset-without-email",
            "The payload with the token lacks the email.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], without("email")),
        Subject::fault(
            "reset-extra-message",
            "The payload with the token has a message as well.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], member("message", json!("token generated"))),
        Subject::fault(
            "update-message-lower-case",
            "An update's message is 'password updated'.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], member("message", json!("password updated"))),
        Subject::fault(
            "update-message-capitals",
            "An update's message is 'Password Updated'.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], member("message", json!("Password Updated"))),
        Subject::fault(
            "update-without-email",
            "An update's payload lacks the email.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], without("email")),
        Subject::fault(
            "update-without-message",
            "An update's payload lacks the message.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], without("message")),
        Subject::fault(
            "update-shows-password",
            "An update's payload repeats the new password.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], |ask, answer, _| {
            let password = ask.field("new_password");
            answer.map_payload(|payload| payload["new_password"] = json!(password));
        }),
    ]
}
