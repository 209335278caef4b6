//! `POST /reset_password` and `PUT /reset_password` (tasks 17 and 19).

use hyper::StatusCode;
use serde::Serialize;

use super::{EmailAndMessage, Handled, Refusal};
use crate::auth::{Auth, ResetError, UpdatePasswordError};
use crate::http::answer::json;
use crate::http::body::BodyError;
use crate::http::form::Form;

/// `{"email": …, "reset_token": …}` (task 17).
#[derive(Serialize)]
struct EmailAndToken<'a> {
    email: &'a str,
    reset_token: &'a str,
}

/// Makes a reset token, and hands it to whoever asks, as the document does.
pub(super) async fn get_reset_password_token(
    auth: &Auth,
    form: impl Future<Output = Result<Form, BodyError>>,
) -> Handled {
    let form = form.await?;
    let email = form.field("email")?.ok_or(Refusal::Forbidden)?;
    match auth.get_reset_password_token(email).await {
        Ok(reset_token) => Ok(json(
            StatusCode::OK,
            &EmailAndToken {
                email,
                reset_token: &reset_token,
            },
        )),
        Err(ResetError::UnknownEmail) => Err(Refusal::Forbidden),
        Err(ResetError::Unavailable(error)) => Err(error.into()),
    }
}

/// Sets a new password with a reset token, if the form names the token's own user. That user's
/// email never changes, so only the token has to be looked at again in the moment of its use.
pub(super) async fn update_password(
    auth: &Auth,
    form: impl Future<Output = Result<Form, BodyError>>,
) -> Handled {
    let form = form.await?;
    let email = form.field("email")?.ok_or(Refusal::Forbidden)?;
    let reset_token = form.field("reset_token")?.ok_or(Refusal::Forbidden)?;
    let new_password = form.field("new_password")?.ok_or(Refusal::Forbidden)?;
    auth.get_user_from_reset_token(reset_token)?
        .filter(|user| user.email == email)
        .ok_or(Refusal::Forbidden)?;
    match auth.update_password(reset_token, new_password).await {
        Ok(()) => Ok(json(
            StatusCode::OK,
            &EmailAndMessage {
                email,
                message: "Password updated",
            },
        )),
        Err(UpdatePasswordError::InvalidToken) => Err(Refusal::Forbidden),
        Err(UpdatePasswordError::Unacceptable(refused)) => Err(refused.into()),
        Err(UpdatePasswordError::Unavailable(error)) => Err(error.into()),
    }
}
