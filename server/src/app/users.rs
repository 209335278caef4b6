//! `POST /users` (task 7).

use hyper::StatusCode;
use serde::Serialize;

use super::{EmailAndMessage, Handled};
use crate::auth::{Auth, RegisterError};
use crate::http::answer::json;
use crate::http::body::BodyError;
use crate::http::form::Form;

/// `{"message": …}`
#[derive(Serialize)]
struct Message {
    message: &'static str,
}

/// Registers a user. A missing field is as bad as an empty one.
pub(super) async fn register(
    auth: &Auth,
    form: impl Future<Output = Result<Form, BodyError>>,
) -> Handled {
    let form = form.await?;
    let email = form.field("email")?.unwrap_or_default();
    let password = form.field("password")?.unwrap_or_default();
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
