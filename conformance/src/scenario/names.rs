//! The data of a run: emails that nobody has used before, and passwords, all made from one seed.

use crate::http::hex::digits_of;

/// Makes a run's data. The same seed and the same place make the same value.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// What all of it is made from.
    pub seed: u64,
}

impl Names {
    /// Data made from `seed`.
    pub fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// A seed that no other run has.
    pub fn random_seed() -> u64 {
        // Short enough to be typed, and exact in every JSON reader (RFC 8259, section 6).
        uuid::Uuid::new_v4().as_u64_pair().1 % 1_000_000_000_000
    }

    /// An email for `person`, such as `ada.3f9c1b2a7d04@example.com`; `place` tells two people
    /// of one name apart. The domain is reserved: no mail ever reaches anybody.
    pub fn email(self, person: &str, place: &str) -> String {
        let person = person.to_lowercase();
        let tag = self.digits(&format!("email/{person}/{place}"));
        format!("{person}.{tag}@example.com")
    }

    /// What makes an email of the document this run's own.
    pub fn tag(self, place: &str) -> String {
        self.digits(&format!("tag/{place}"))
    }

    /// A password of 14 letters and digits, both cases among them.
    pub fn password(self, place: &str) -> String {
        format!("Pw{}", self.digits(&format!("password/{place}")))
    }

    fn digits(self, what: &str) -> String {
        digits_of(&format!("{}/{what}", self.seed), 12)
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn the_same_seed_makes_the_same_data_and_another_seed_other_data() {
        let (one, other) = (Names::new(1), Names::new(2));
        assert_eq!(one.email("Ada", "a:1"), Names::new(1).email("Ada", "a:1"));
        assert_ne!(one.email("Ada", "a:1"), other.email("Ada", "a:1"));
        assert_ne!(one.email("Ada", "a:1"), one.email("Ada", "a:2"));
        assert_ne!(one.password("a:1"), other.password("a:1"));
    }

    #[test]
    fn a_password_has_both_cases_and_fits_any_hash() {
        let password = Names::new(7).password("x");
        assert_eq!(password.len(), 14);
        assert_ne!(password, password.to_lowercase());
        assert_ne!(password, password.to_uppercase());
    }
}
