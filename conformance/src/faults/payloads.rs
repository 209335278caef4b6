//! Right statuses with payloads of other words, members or values.

use serde_json::{Value, json};

use super::{
    Fault,
    edits::{member, payload, renamed, without},
};
use crate::proxy::Case;

/// The faults of this area.
pub(super) fn faults() -> Vec<Fault> {
    let mut faults = welcome();
    faults.extend(registration());
    faults.extend(login_and_profile());
    faults.extend(reset_and_update());
    faults
}

fn welcome() -> Vec<Fault> {
    vec![
        Fault::new(
            "welcome-lower-case",
            "The welcome says 'bienvenue' without its capital.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], member("message", json!("bienvenue"))),
        Fault::new(
            "welcome-translated",
            "The welcome says 'Welcome'.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], member("message", json!("Welcome"))),
        Fault::new(
            "welcome-key-msg",
            "The welcome's member is called 'msg'.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], renamed("message", "msg")),
        Fault::new(
            "welcome-extra-member",
            "The welcome has a member 'status' beside the message.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], member("status", json!("ok"))),
        Fault::new(
            "welcome-bare-string",
            "The welcome is a JSON string and no object.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], payload(&json!("Bienvenue"))),
    ]
}

fn registration() -> Vec<Fault> {
    vec![
        Fault::new(
            "register-message-capital",
            "A registration's message is 'User created'.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], member("message", json!("User created"))),
        Fault::new(
            "register-message-full-stop",
            "A registration's message ends in a full stop.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], member("message", json!("user created."))),
        Fault::new(
            "register-without-email",
            "A registration's payload lacks the email.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], without("email")),
        Fault::new(
            "register-without-message",
            "A registration's payload lacks the message.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], without("message")),
        Fault::new(
            "register-email-null",
            "A registration's payload has null for the email.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], member("email", Value::Null)),
        Fault::new(
            "register-shows-id",
            "A registration's payload has the user's id as well.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], member("id", json!(1))),
        Fault::new(
            "register-shows-password",
            "A registration's payload repeats the password.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], |ask, answer, _| {
            let password = ask.field("password");
            answer.map_payload(|payload| payload["password"] = json!(password));
        }),
        Fault::new(
            "register-taken-message-other",
            "A taken email gets the message 'email already exists'.",
            &["REG-2"],
        )
        .at(
            [Case::RegisterTaken],
            member("message", json!("email already exists")),
        ),
        Fault::new(
            "register-taken-key-error",
            "A taken email gets its message in a member called 'error'.",
            &["REG-2"],
        )
        .at([Case::RegisterTaken], renamed("message", "error")),
        Fault::new(
            "register-taken-shows-email",
            "A taken email's refusal repeats the email beside the message.",
            &["REG-2"],
        )
        .at([Case::RegisterTaken], |ask, answer, _| {
            let email = ask.field("email");
            answer.map_payload(|payload| payload["email"] = json!(email));
        }),
        Fault::new(
            "register-taken-page",
            "A taken email is refused with an error page and no payload.",
            &["REG-2"],
        )
        .at([Case::RegisterTaken], super::edits::refuse(400)),
    ]
}

fn login_and_profile() -> Vec<Fault> {
    vec![
        Fault::new(
            "login-message-capital",
            "A login's message is 'Logged in'.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], member("message", json!("Logged in"))),
        Fault::new(
            "login-without-email",
            "A login's payload lacks the email.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], without("email")),
        Fault::new(
            "login-without-message",
            "A login's payload lacks the message.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], without("message")),
        Fault::new(
            "login-shows-session",
            "A login's payload has the session id as well.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], |_, answer, _| {
            let session = answer.session();
            answer.map_payload(|payload| payload["session_id"] = json!(session));
        }),
        Fault::new(
            "login-empty-object",
            "A login's payload is an empty object.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], |_, answer, _| answer.set_payload(&json!({}))),
        Fault::new(
            "profile-key-user",
            "A profile's member is called 'user'.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], renamed("email", "user")),
        Fault::new(
            "profile-shows-id",
            "A profile has the user's id beside the email.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], member("id", json!(7))),
        Fault::new(
            "profile-email-null",
            "A profile has null for the email.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], member("email", Value::Null)),
        Fault::new(
            "profile-email-in-list",
            "A profile has the email in a list.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], |_, answer, _| {
            answer.map_payload(|payload| payload["email"] = json!([payload["email"]]));
        }),
        Fault::new(
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

fn reset_and_update() -> Vec<Fault> {
    vec![
        Fault::new(
            "reset-key-token",
            "The token comes in a member called 'token'.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], renamed("reset_token", "token")),
        Fault::new(
            "reset-without-token",
            "The token is not in the payload.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], without("reset_token")),
        Fault::new(
            "reset-token-null",
            "The token in the payload is null.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], member("reset_token", Value::Null)),
        Fault::new(
            "reset-without-email",
            "The payload with the token lacks the email.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], without("email")),
        Fault::new(
            "reset-extra-message",
            "The payload with the token has a message as well.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], member("message", json!("token generated"))),
        Fault::new(
            "update-message-lower-case",
            "An update's message is 'password updated'.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], member("message", json!("password updated"))),
        Fault::new(
            "update-message-capitals",
            "An update's message is 'Password Updated'.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], member("message", json!("Password Updated"))),
        Fault::new(
            "update-without-email",
            "An update's payload lacks the email.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], without("email")),
        Fault::new(
            "update-without-message",
            "An update's payload lacks the message.",
            &["UPDATE-1", "E2E-1"],
        )
        .at([Case::Update], without("message")),
        Fault::new(
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
