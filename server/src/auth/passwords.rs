//! What is stored of a password, and how one is compared with it (tasks 4 and 8).

use std::error::Error;
use std::fmt;

/// Why a password could not be hashed or compared.
pub type PasswordError = Box<dyn Error + Send + Sync>;

/// A way to store passwords. The server's own is bcrypt, and nothing on its command line changes
/// that; a program that embeds it for a moment, with users that nobody is behind, may bring one
/// that costs less.
pub trait Passwords: fmt::Debug + Send + Sync {
    /// What is stored of a password, with a salt of its own.
    fn hash(&self, password: &str) -> Result<String, PasswordError>;

    /// Whether it is the password that this was stored of.
    fn verify(&self, password: &str, stored: &str) -> Result<bool, PasswordError>;

    /// What no password is stored as, which takes as long to compare as anything else.
    fn nobodys(&self) -> String;
}

/// bcrypt, as the document asks (task 4).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bcrypt {
    /// The cost of new hashes.
    pub(crate) cost: u32,
}

impl Passwords for Bcrypt {
    fn hash(&self, password: &str) -> Result<String, PasswordError> {
        Ok(bcrypt::hash(password, self.cost)?)
    }

    fn verify(&self, password: &str, stored: &str) -> Result<bool, PasswordError> {
        Ok(bcrypt::verify(password, stored)?)
    }

    /// A salt of zeros, and zeros for a digest.
    fn nobodys(&self) -> String {
        format!("$2b${:02}${}", self.cost, ".".repeat(22 + 31))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_hash_is_well_formed_and_matches_nothing() {
        let bcrypt = Bcrypt { cost: 4 };
        for password in ["", "password"] {
            assert!(!bcrypt.verify(password, &bcrypt.nobodys()).unwrap());
        }
    }
}
