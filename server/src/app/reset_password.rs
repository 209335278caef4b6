//! `POST /reset_password` and `PUT /reset_password` (tasks 17 and 19).

use hyper::StatusCode;

use super::payload::{EmailAndMessage, EmailAndToken};
use super::{Handled, Refusal};
use crate::auth::{Auth, ResetError, UpdatePasswordError};
use crate::http::answer::json;
use crate::http::form::Form;

/// Makes a reset token.
pub(super) async fn get_reset_password_token(auth: &Auth, form: &Form) -> Handled {
    let email = form.field("email")?;
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

/// Sets a new password with a reset token.
pub(super) async fn update_password(auth: &Auth, form: &Form) -> Handled {
    let email = form.field("email")?;
    // An empty token is as invalid as any other: 403, as the document says.
    let reset_token = form.present("reset_token")?;
    let new_password = form.field("new_password")?;
    match auth
        .update_password_of(email, reset_token, new_password)
        .await
    {
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
