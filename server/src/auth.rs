//! `Auth`: what the service does, in the document's own methods (tasks 5, 8, 10, 12, 13, 16, 18).
//!
//! It reaches the users through the public methods of [`Db`] only, and nobody above it reaches
//! past it. Where two requests could cross between a look and a change, the change itself looks
//! again.

mod error;
mod reset;
mod rules;

use std::sync::Arc;

use uuid::Uuid;

pub use error::{
    OpenAuthError, RegisterError, ResetError, Unacceptable, Unavailable, UpdatePasswordError,
};

use crate::client::Client;
use crate::db::{AddError, Db, FindError, UpdateError};
use crate::hashing::{Bounds, Hashing, Turn};
use crate::settings::{Limits, Settings, Store};
use crate::user::{Attribute, User};

/// How often a login looks again when the password changes under it. Each change takes its maker
/// a token and a hash, so a second try is rare and a third one an attack.
const LOGIN_TRIES: usize = 3;

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
    hashing: Arc<Hashing>,
    bcrypt_cost: u32,
    client: Client,
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
        let bounds = Bounds {
            waiting: limits.hashes_waiting,
            per_client: limits.hashes_waiting_per_client,
            per_account: limits.hashes_waiting_per_account,
        };
        Self {
            db,
            hashing: Arc::new(Hashing::new(
                limits.hashes_at_once,
                limits.hashing_niceness,
                bounds,
            )),
            bcrypt_cost,
            client: Client::LOCAL,
        }
    }

    /// The same service on behalf of that client, who then has its own turns at hashing.
    #[must_use]
    pub fn on_behalf_of(&self, client: Client) -> Self {
        Self {
            client,
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
        let hashed_password = self.hash_password(email, password).await?;
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
        Ok(self.matching_hash(email, password).await?.is_some())
    }

    /// Begins a session for the user with that email and that password, and returns its id; `None`
    /// if the credentials are wrong.
    ///
    /// [`create_session`](Self::create_session) after [`valid_login`](Self::valid_login) would do
    /// the same, but for a change of the password between the two: a login with the old one could
    /// then end the session of a later login with the new one.
    pub async fn log_in(&self, email: &str, password: &str) -> Result<Option<String>, Unavailable> {
        for _ in 0..LOGIN_TRIES {
            let Some(hashed_password) = self.matching_hash(email, password).await? else {
                return Ok(None);
            };
            let session_id = generate_uuid();
            let of = [
                (Attribute::Email, email),
                (Attribute::HashedPassword, hashed_password.as_str()),
            ];
            let to = [(Attribute::SessionId, session_id.as_str())];
            if found(self.db.update_user_where(of, to).await)?.is_some() {
                return Ok(Some(session_id));
            }
            // The password was changed meanwhile, perhaps to the same one: look again.
        }
        Err(Unavailable::Busy)
    }

    /// The stored hash that the password matches.
    async fn matching_hash(
        &self,
        email: &str,
        password: &str,
    ) -> Result<Option<String>, Unavailable> {
        // bcrypt would compare only a part of such a password. No user has one, whoever is asked
        // about, so the quick answer tells nothing.
        if rules::check_password(password).is_err() {
            return Ok(None);
        }
        let stored = self
            .find(Attribute::Email, email)?
            .map(|user| user.hashed_password);
        let compared = stored
            .clone()
            .unwrap_or_else(|| nobodys_hash(self.bcrypt_cost));
        let matches = self
            .hashing
            .verify(&self.turn(email), password.to_owned(), compared)
            .await?;
        Ok(stored.filter(|_| matches))
    }

    /// Begins a session for the user with that email, in place of any earlier one, and returns its
    /// id (task 10); `None` if there is no such user.
    pub async fn create_session(&self, email: &str) -> Result<Option<String>, Unavailable> {
        let session_id = generate_uuid();
        let of = [(Attribute::Email, email)];
        let to = [(Attribute::SessionId, session_id.as_str())];
        Ok(found(self.db.update_user_where(of, to).await)?.map(|_| session_id))
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

    /// Ends whatever session the user with that id has (task 13).
    pub async fn destroy_session(&self, user_id: u64) -> Result<(), Unavailable> {
        let none = [(Attribute::SessionId, None::<&str>)];
        found(
            self.db
                .update_user_where([(Attribute::Id, user_id)], none)
                .await,
        )?;
        Ok(())
    }

    /// Ends the session with that id, and returns its user; `None` if there is none.
    ///
    /// [`destroy_session`](Self::destroy_session) after
    /// [`get_user_from_session_id`](Self::get_user_from_session_id) would do the same, but for a
    /// login between the two: its new session would end with the old one.
    pub async fn end_session(&self, session_id: Option<&str>) -> Result<Option<User>, Unavailable> {
        // Spares the writer every request without a session.
        if self.get_user_from_session_id(session_id)?.is_none() {
            return Ok(None);
        }
        let none = [(Attribute::SessionId, None::<&str>)];
        let of = [(Attribute::SessionId, session_id)];
        found(self.db.update_user_where(of, none).await)
    }

    /// Ends the service: what was begun is on the disk and the file is free when it returns. It
    /// has to be the last clone.
    pub async fn close(self) {
        self.db.close().await;
    }

    /// A salted hash of the password (task 4).
    async fn hash_password(&self, email: &str, password: &str) -> Result<String, Unavailable> {
        let turn = self.turn(email);
        Ok(self
            .hashing
            .hash(&turn, password.to_owned(), self.bcrypt_cost)
            .await?)
    }

    fn turn(&self, email: &str) -> Turn {
        Turn {
            client: self.client,
            account: email.to_owned(),
        }
    }

    fn find(&self, attribute: Attribute, value: &str) -> Result<Option<User>, Unavailable> {
        match self.db.find_user_by([(attribute, value)]) {
            Ok(user) => Ok(Some(user)),
            Err(FindError::NoResultFound) => Ok(None),
            Err(FindError::Store(error)) => Err(error.into()),
            Err(FindError::InvalidRequest(_)) => {
                unreachable!("the name comes from the attribute itself")
            }
        }
    }
}

/// The user that an update found, `None` if it found nobody.
fn found(updated: Result<User, UpdateError>) -> Result<Option<User>, Unavailable> {
    match updated {
        Ok(user) => Ok(Some(user)),
        Err(UpdateError::NoResultFound) => Ok(None),
        Err(UpdateError::Store(error)) => Err(error.into()),
        Err(
            UpdateError::UnknownAttribute(_)
            | UpdateError::InvalidValue(_)
            | UpdateError::EmailTaken,
        ) => unreachable!("only sessions, tokens and passwords are set, and to texts"),
    }
}

/// A hash that no password has, which takes as long to compare as any other of that cost: a salt
/// of zeros, and zeros for a digest.
fn nobodys_hash(cost: u32) -> String {
    format!("$2b${cost:02}${}", ".".repeat(22 + 31))
}

/// A new random id from the system's randomness, as text (task 9).
fn generate_uuid() -> String {
    Uuid::new_v4().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_hash_is_well_formed_and_matches_nothing() {
        for password in ["", "password"] {
            assert!(!bcrypt::verify(password, &nobodys_hash(4)).unwrap());
        }
    }

    #[test]
    fn uuids_are_texts_that_differ() {
        let (one, other) = (generate_uuid(), generate_uuid());
        assert_ne!(one, other);
        assert_eq!(one.len(), 36);
        assert_eq!(Uuid::parse_str(&one).unwrap().to_string(), one);
    }
}
