//! `POST /users` (task 7).

use hyper::StatusCode;

use super::Handled;
use super::payload::{EmailAndMessage, Message};
use crate::auth::{Auth, RegisterError};
use crate::http::answer::json;
use crate::http::form::Form;

/// Registers a user.
pub(super) async fn register(auth: &Auth, form: &Form) -> Handled {
    let email = form.field("email")?;
    let password = form.field("password")?;
    match auth.register_user(email, password).await {
        Ok(user) => Ok(json(
            StatusCode::OK,
            &EmailAndMessage {
                email: &user.email,
                message: "user created",
            },
        )),
        Err(RegisterError::UserExists(_)) => Ok(json(
            StatusCode::BAD_REQUEST,
            &Message {
                message: "email already registered",
            },
        )),
        Err(RegisterError::Unacceptable(refused)) => Err(refused.into()),
        Err(RegisterError::Unavailable(error)) => Err(error.into()),
    }
}
