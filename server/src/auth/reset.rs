//! Resetting a password: the token, and its one use (tasks 16 and 18).

use super::{Auth, ResetError, Unavailable, UpdatePasswordError, found, generate_uuid, rules};
use crate::db::FindError;
use crate::user::Attribute;

impl Auth {
    /// A new token that the user with that email may set a new password with, in place of any
    /// earlier one (task 16).
    pub async fn get_reset_password_token(&self, email: &str) -> Result<String, ResetError> {
        if self.find(Attribute::Email, email)?.is_none() {
            return Err(ResetError::UnknownEmail);
        }
        let reset_token = generate_uuid();
        let of = [(Attribute::Email, email)];
        let to = [(Attribute::ResetToken, reset_token.as_str())];
        found(self.db.update_user_where(of, to).await)?
            .map(|_| reset_token)
            .ok_or(ResetError::UnknownEmail)
    }

    /// Gives the user with that token a new password and uses the token up (task 18).
    pub async fn update_password(
        &self,
        reset_token: &str,
        password: &str,
    ) -> Result<(), UpdatePasswordError> {
        let user = self
            .find(Attribute::ResetToken, reset_token)?
            .ok_or(UpdatePasswordError::InvalidToken)?;
        self.update_password_of(&user.email, reset_token, password)
            .await
    }

    /// As [`update_password`](Self::update_password), if the token is that of the user with that
    /// email.
    pub async fn update_password_of(
        &self,
        email: &str,
        reset_token: &str,
        password: &str,
    ) -> Result<(), UpdatePasswordError> {
        rules::check_password(password)?;
        let of = [
            (Attribute::ResetToken, reset_token),
            (Attribute::Email, email),
        ];
        // Spares the hash. Who may use the token is decided in the moment of its use.
        self.db.find_user_by(of).map_err(|error| match error {
            FindError::Store(error) => UpdatePasswordError::from(Unavailable::from(error)),
            _ => UpdatePasswordError::InvalidToken,
        })?;
        let hashed_password = self.hash_password(email, password).await?;
        let to = [
            (Attribute::HashedPassword, Some(hashed_password)),
            (Attribute::ResetToken, None),
        ];
        found(self.db.update_user_where(of, to).await)?
            .map(drop)
            .ok_or(UpdatePasswordError::InvalidToken)
    }
}
