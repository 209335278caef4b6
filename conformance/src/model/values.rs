//! The values that people of a history have: many classes of what the document allows, each in
//! one value, so that a call tries all of them at once.

use super::near_text;
use crate::http::hex::digits_of;

/// What an email looks like. All have the usual shape and at most 100 characters.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum EmailKind {
    /// `ada.3f9c1b2a7d04@example.com`
    Plain,
    /// Every character that the local part of an address may have (RFC 5322, section 3.2.3).
    EveryCharacter,
    /// 100 characters.
    Long,
    /// Capitals, always the same ones: whether their case matters is REG-11's.
    Capitals,
    /// An apostrophe, as in many a name.
    Apostrophe,
    /// A number, a dot and a domain of many parts.
    Digits,
    /// Like the first person's email, but not the same: see `LOOKALIKES`.
    Like(usize),
}

/// How an email resembles another one without being it.
pub(super) const LOOKALIKES: [&str; 8] = [
    "a letter more at its beginning",
    "a part more at its end",
    "an underscore for its dot",
    "a tag after a plus sign",
    "a dot less",
    "another domain",
    "another last letter of the name",
    "a hyphen for its dot",
];

/// What a password looks like: 1 to 72 bytes without NUL.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum PasswordKind {
    /// Letters of both cases, and digits.
    Plain,
    /// What forms, pages, patterns and queries take for something else, and letters outside ASCII;
    /// every sign at which careless code may stop reading stands before its last character.
    Rich,
    /// 72 bytes, the most that bcrypt reads.
    Long,
    /// Digits only, with zeros before them.
    Digits,
    /// 32 hexadecimal digits, as a hash is written.
    HexDigits,
    /// The form of a bcrypt hash.
    HashLike,
    /// The one before it, in the other case.
    Swapped,
    /// Blanks and nothing else.
    Blanks,
    /// The single digit that some languages take for nothing.
    Zero,
    /// The same as the first person's.
    Shared,
    /// Her own email.
    OwnEmail,
}

/// The people of a history, in the order in which it has them.
pub const NAMES: [&str; 8] = [
    "Ada", "Grace", "Mary", "Edith", "Rosa", "Lise", "Emmy", "Joan",
];

/// What one person of a history calls herself and knows.
#[derive(Clone, Debug)]
pub struct Person {
    /// Her email.
    pub email: String,
    /// Her passwords: the first she registers with, each update takes the next, and after the
    /// last the first again.
    pub passwords: Vec<String>,
}

/// What stands in values for the number that a script makes anew each time.
pub const SCRIPTED: &str = "777000777000";

/// Where the values come from: the run's seed and the history.
#[derive(Clone, Debug)]
pub struct Source(pub String);

impl Source {
    /// The values of the people of these kinds, in the order of their [`NAMES`].
    pub fn people(&self, kinds: &[(EmailKind, Vec<PasswordKind>)]) -> Vec<Person> {
        let mut people: Vec<Person> = Vec::new();
        for (index, ((email, passwords), name)) in kinds.iter().zip(NAMES).enumerate() {
            let tag = self.digits(&format!("email/{index}"), 12);
            let mut person = Person {
                email: email_of(*email, &name.to_lowercase(), &tag, people.first()),
                passwords: Vec::new(),
            };
            for (number, kind) in passwords.iter().enumerate() {
                let tag = self.digits(&format!("password/{index}/{number}"), 12);
                let password = password_of(*kind, &tag, &person, people.first());
                person.passwords.push(password);
            }
            people.push(person);
        }
        people
    }

    /// A UUID of nobody, the same for the same `what`.
    pub fn uuid(&self, what: &str) -> String {
        let digits = self.digits(&format!("uuid/{what}"), 32);
        // Version 4, as most servers make them (RFC 9562, section 5.4).
        format!(
            "{}-{}-4{}-a{}-{}",
            &digits[..8],
            &digits[8..12],
            &digits[13..16],
            &digits[17..20],
            &digits[20..32]
        )
    }

    fn digits(&self, what: &str, count: usize) -> String {
        if self.0 == SCRIPTED && count == SCRIPTED.len() {
            return SCRIPTED.to_owned();
        }
        digits_of(&format!("{}/{what}", self.0), count)
    }
}

fn email_of(kind: EmailKind, name: &str, tag: &str, first: Option<&Person>) -> String {
    let plain = format!("{name}.{tag}@example.com");
    match kind {
        EmailKind::Plain => plain,
        EmailKind::EveryCharacter => format!("=+{name}!#$$&%'*-/?^_`{{|}}~.{tag}@example.com"),
        EmailKind::Long => {
            // The name as long as an address may have it (RFC 5321, section 4.5.3.1.1), the
            // whole 96 characters, so that its lookalikes are no longer than 100.
            let filler = "abcdefghij".repeat(6);
            let local = format!("{name}.{tag}.{filler}");
            format!("{}@a-host-in-a.department.example.com", &local[..61])
        }
        EmailKind::Capitals => format!("{}.{tag}@Example.com", name.to_uppercase()),
        EmailKind::Apostrophe => format!("{name}.o'{tag}@example.com"),
        EmailKind::Digits => format!("007.{}@mail.sub-1.org.example", decimal(tag)),
        EmailKind::Like(how) => first.map_or(plain, |first| like(&first.email, how)),
    }
}

/// An email that resembles `email`, as [`LOOKALIKES`] says.
fn like(email: &str, how: usize) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, "example.com"));
    match how % LOOKALIKES.len() {
        0 => format!("x{email}"),
        1 => format!("{email}.org"),
        2 => format!("{}@{domain}", local.replacen('.', "_", 1)),
        3 => format!("{local}+{}@{domain}", &local[..1]),
        4 => format!("{}@{domain}", local.replacen('.', "", 1)),
        5 => format!("{local}@{}", neighbouring_host(domain)),
        7 => format!("{}@{domain}", local.replacen('.', "-", 1)),
        _ => format!("{}@{domain}", near_text::replaced(local, local.len() - 1)),
    }
}

/// Another host of the same organization, where the domain names one.
fn neighbouring_host(domain: &str) -> String {
    match domain.split_once('.') {
        Some((_, organization)) if organization.contains('.') => {
            format!("another-host.{organization}")
        }
        _ => "example.org".to_owned(),
    }
}

fn password_of(kind: PasswordKind, tag: &str, person: &Person, first: Option<&Person>) -> String {
    let plain = format!("Pw{tag}");
    match kind {
        PasswordKind::Plain => plain,
        PasswordKind::Rich => {
            format!("É{tag},é ñ<b>&amp;\"'\\%41+;#%s${{x}}\t🔑ﬁ\n$Zz")
        }
        PasswordKind::Long => format!("{plain:z<72}"),
        PasswordKind::Digits => format!("00{}", decimal(tag)),
        PasswordKind::Zero => "0".to_owned(),
        PasswordKind::Blanks => "   ".to_owned(),
        PasswordKind::Shared => first
            .and_then(|first| first.passwords.first())
            .cloned()
            .unwrap_or(plain),
        // The most bytes that a password may have here; an email is ASCII.
        PasswordKind::OwnEmail => person.email.chars().take(72).collect(),
        PasswordKind::HexDigits => format!("{tag}{tag}{}", &tag[..8]),
        PasswordKind::HashLike => {
            format!("$2b$12${tag}abcdefghij./ABCDEFGHIJKLMNOPQRSTUVWXYZ012")
        }
        PasswordKind::Swapped => person
            .passwords
            .last()
            .map_or(plain, |before| near_text::swapped(before)),
    }
}

/// Decimal digits, the first of them not zero.
fn decimal(tag: &str) -> String {
    if tag == SCRIPTED {
        return tag.to_owned();
    }
    let number = u64::from_str_radix(tag, 16).unwrap_or_default();
    (100_000_000 + number % 900_000_000).to_string()
}

impl EmailKind {
    /// What is unusual about it, for a story; nothing where it is plain.
    pub fn describe(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::EveryCharacter => Some("an email with every character that one may have"),
            Self::Long => Some("an email of 100 characters"),
            Self::Capitals => Some("capitals in the email"),
            Self::Apostrophe => Some("an apostrophe in the email"),
            Self::Digits => Some("an email of digits, with a long domain"),
            Self::Like(how) => Some(LOOKALIKES[how % LOOKALIKES.len()]),
        }
    }
}

impl PasswordKind {
    /// What is unusual about it, for a story; nothing where it is plain.
    pub fn describe(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Rich => Some("a password with signs and letters outside ASCII"),
            Self::Long => Some("a password of 72 bytes"),
            Self::Digits => Some("a password of digits, with zeros before them"),
            Self::HexDigits => Some("a password of 32 hexadecimal digits"),
            Self::HashLike => Some("a password in the form of a hash"),
            Self::Swapped => Some("a new password that is the old one in the other case"),
            Self::Blanks => Some("a password of blanks"),
            Self::Zero => Some("the password \"0\""),
            Self::Shared => Some("the same password as the first person"),
            Self::OwnEmail => Some("her own email as password"),
        }
    }
}
