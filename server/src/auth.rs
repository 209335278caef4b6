//! `Auth`: what the service does, in the document's own methods (tasks 5, 8, 10, 12, 13, 16, 18).
//!
//! It reaches the users through the public methods of [`Db`] only, and nobody above it reaches
//! past it. A look before a hash spares the hash; where two requests must not both have their way,
//! the change itself looks again.

mod error;
mod passwords;
mod rules;

use std::sync::Arc;

use uuid::Uuid;

pub use error::{
    OpenAuthError, RegisterError, ResetError, Unacceptable, Unavailable, UpdatePasswordError,
};
use passwords::Bcrypt;
pub use passwords::{PasswordError, Passwords};

use crate::db::{AddError, Db, FindError, UpdateError, Value};
use crate::network::hash_pool::HashPool;
use crate::network::peer::Peer;
use crate::settings::{Limits, Settings, Store};
use crate::user::{Attribute, User};

/// The service's users and what can be done with them. Clones share everything.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use authspec_server::{Auth, Settings};
///
/// let auth = Auth::open(&Settings { bcrypt_cost: 4, ..Settings::default() })?;
/// auth.register_user("bob@bob.com", "MyPwdOfBob").await?;
/// assert!(auth.valid_login("bob@bob.com", "MyPwdOfBob").await?);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Auth {
    db: Db,
    hash_pool: Arc<HashPool>,
    passwords: Arc<dyn Passwords>,
    peer: Peer,
}

impl Auth {
    /// Opens the store that the settings name.
    pub fn open(settings: &Settings) -> Result<Self, OpenAuthError> {
        let db = match &settings.store {
            Store::Memory => Db::in_memory()?,
            Store::File { path, fresh: false } if settings.verify => Db::in_verified_file(path)?,
            Store::File { path, fresh } => Db::in_file(path, *fresh)?,
        };
        Ok(Self::new(db, settings.bcrypt_cost, &settings.limits))
    }

    /// Works on that store, with new passwords hashed at that cost.
    pub fn new(db: Db, bcrypt_cost: u32, limits: &Limits) -> Self {
        Self {
            db,
            hash_pool: Arc::new(HashPool::new(limits)),
            passwords: Arc::new(Bcrypt { cost: bcrypt_cost }),
            peer: Peer::LOCAL,
        }
    }

    /// The same service with its passwords stored in another way.
    #[must_use]
    pub fn with_passwords(self, passwords: Arc<dyn Passwords>) -> Self {
        Self { passwords, ..self }
    }

    /// The same service on behalf of that peer, who then has its own turns at hashing.
    #[must_use]
    pub fn on_behalf_of(&self, peer: Peer) -> Self {
        Self {
            peer,
            ..self.clone()
        }
    }

    /// Registers a user (task 5).
    pub async fn register_user(&self, email: &str, password: &str) -> Result<User, RegisterError> {
        rules::check_email(email)?;
        rules::check_password(password)?;
        // Spares the hash. What decides is the store's own look, in the moment of adding.
        if self.find(Attribute::Email, email)?.is_some() {
            return Err(RegisterError::UserExists(email.to_owned()));
        }
        let hashed_password = self.hash_password(password).await?;
        self.db
            .add_user(email, &hashed_password)
            .await
            .map_err(|error| match error {
                AddError::EmailTaken => RegisterError::UserExists(email.to_owned()),
                AddError::Store(error) => Unavailable::from(error).into(),
            })
    }

    /// Whether somebody is registered with that email and that very password (task 8).
    ///
    /// An unknown email takes as long to refuse as a wrong password: a hash is computed for it at
    /// the cost of new ones and thrown away.
    pub async fn valid_login(&self, email: &str, password: &str) -> Result<bool, Unavailable> {
        // bcrypt would compare only a part of such a password. No user has one, whoever is asked
        // about, so the quick answer tells nothing.
        if rules::is_cut(password) {
            return Ok(false);
        }
        let user = self.find(Attribute::Email, email)?;
        let is_registered = user.is_some();
        let passwords = Arc::clone(&self.passwords);
        let hashed = user.map_or_else(|| passwords.nobodys(), |user| user.hashed_password);
        let password = password.to_owned();
        let check = move || passwords.verify(&password, &hashed);
        let matches = self.hash_pool.run(self.peer, check).await?;
        Ok(is_registered && matches)
    }

    /// Begins a session for the user with that email, in place of any earlier one, and returns its
    /// id (task 10); `None` if there is no such user.
    pub async fn create_session(&self, email: &str) -> Result<Option<String>, Unavailable> {
        let session_id = generate_uuid();
        let to = [(Attribute::SessionId, session_id.as_str())];
        let Some(user) = self.find(Attribute::Email, email)? else {
            return Ok(None);
        };
        self.db
            .update_user(user.id, to)
            .await
            .map_err(unavailable)?;
        Ok(Some(session_id))
    }

    /// The user whose session has that id (task 12); `None` for no id, or one of no session.
    pub fn get_user_from_session_id(
        &self,
        session_id: Option<&str>,
    ) -> Result<Option<User>, Unavailable> {
        match session_id {
            Some(session_id) => self.find(Attribute::SessionId, session_id),
            None => Ok(None),
        }
    }

    /// Ends whatever session the user with that id has (task 13), and returns whether there was
    /// one: of many who end it at once, one does.
    pub async fn destroy_session(&self, user_id: u64) -> Result<bool, Unavailable> {
        let ended = self.db.transaction(move |users| {
            let user = users.find_user_by([(Attribute::Id, user_id)])?;
            users.update_user(user.id, [(Attribute::SessionId, Value::Null)])?;
            Ok(user.session_id.is_some())
        });
        match ended.await {
            Err(UpdateError::NoResultFound) => Ok(false),
            ended => ended.map_err(unavailable),
        }
    }

    /// A new token that the user with that email may set a new password with, in place of any
    /// earlier one (task 16).
    pub async fn get_reset_password_token(&self, email: &str) -> Result<String, ResetError> {
        let user = self
            .find(Attribute::Email, email)?
            .ok_or(ResetError::UnknownEmail)?;
        let reset_token = generate_uuid();
        let to = [(Attribute::ResetToken, reset_token.as_str())];
        self.db
            .update_user(user.id, to)
            .await
            .map_err(unavailable)?;
        Ok(reset_token)
    }

    /// The user whose reset token that is; `None` if it is nobody's, or not any more.
    pub fn get_user_from_reset_token(
        &self,
        reset_token: &str,
    ) -> Result<Option<User>, Unavailable> {
        self.find(Attribute::ResetToken, reset_token)
    }

    /// Gives the user with that token a new password and uses the token up (task 18).
    pub async fn update_password(
        &self,
        reset_token: &str,
        password: &str,
    ) -> Result<(), UpdatePasswordError> {
        rules::check_password(password)?;
        // Spares the hash. Who may use the token is decided in the moment of its use.
        if self.get_user_from_reset_token(reset_token)?.is_none() {
            return Err(UpdatePasswordError::InvalidToken);
        }
        let hashed_password = self.hash_password(password).await?;
        let reset_token = reset_token.to_owned();
        let used = self.db.transaction(move |users| {
            let of = [(Attribute::ResetToken, reset_token.as_str())];
            let to = [
                (Attribute::HashedPassword, Value::from(&*hashed_password)),
                (Attribute::ResetToken, Value::Null),
            ];
            let user = users.find_user_by(of)?;
            users.update_user(user.id, to)
        });
        used.await.map_err(|error| match error {
            UpdateError::NoResultFound => UpdatePasswordError::InvalidToken,
            error => unavailable(error).into(),
        })
    }

    /// Ends the service: what was begun is on the disk and the file is free when it returns. It
    /// has to be the last clone.
    pub async fn close(self) {
        self.db.close().await;
    }

    /// A salted hash of the password (task 4).
    async fn hash_password(&self, password: &str) -> Result<String, Unavailable> {
        let (password, passwords) = (password.to_owned(), Arc::clone(&self.passwords));
        let hash = move || passwords.hash(&password);
        Ok(self.hash_pool.run(self.peer, hash).await?)
    }

    fn find(&self, attribute: Attribute, value: &str) -> Result<Option<User>, Unavailable> {
        match self.db.find_user_by([(attribute, value)]) {
            Ok(user) => Ok(Some(user)),
            Err(FindError::NoResultFound) => Ok(None),
            Err(error) => Err(unavailable(error.into())),
        }
    }
}

/// What is left of an update's errors where the user is there and the values fit.
fn unavailable(error: UpdateError) -> Unavailable {
    match error {
        UpdateError::Store(error) => error.into(),
        error => Unavailable::Broken(error.to_string()),
    }
}

/// A new random id from the system's randomness, as text (task 9).
fn generate_uuid() -> String {
    Uuid::new_v4().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_texts_that_differ() {
        let (one, other) = (generate_uuid(), generate_uuid());
        assert_ne!(one, other);
        assert_eq!(one.len(), 36);
        assert_eq!(Uuid::parse_str(&one).unwrap().to_string(), one);
    }
}
