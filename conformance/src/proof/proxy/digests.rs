//! How the reference server stores passwords behind the subjects: a quarter of a self-test's time
//! would go into bcrypt, and no client sees the difference.

use authspec_server::{PasswordError, Passwords};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::http::hex::hex;

/// A salt and one SHA-256 of it and the password. Good for users whom nobody attacks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digests;

impl Passwords for Digests {
    fn hash(&self, password: &str) -> Result<String, PasswordError> {
        Ok(salted(&Uuid::new_v4().simple().to_string(), password))
    }

    fn verify(&self, password: &str, stored: &str) -> Result<bool, PasswordError> {
        let (salt, _) = stored.split_once('$').ok_or("no salt")?;
        Ok(salted(salt, password) == stored)
    }

    fn nobodys(&self) -> String {
        "$".to_owned()
    }
}

fn salted(salt: &str, password: &str) -> String {
    let digest = Sha256::new().chain_update(salt).chain_update(password);
    format!("{salt}${}", hex(&digest.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_what_was_stored_of_it_and_nothing_else() {
        let stored = Digests.hash("one").unwrap();
        assert!(Digests.verify("one", &stored).unwrap());
        assert!(!Digests.verify("other", &stored).unwrap());
        assert!(!Digests.verify("", &Digests.nobodys()).unwrap());
        assert_ne!(stored, Digests.hash("one").unwrap(), "each has its salt");
    }
}
