//! The baseline's file: TOML, one table a requirement.

use std::{collections::BTreeMap, io};

use serde::{Deserialize, Deserializer, de::Error};
use toml::value::{Date, Datetime};

/// One known failure.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Why it is borne, in a person's words.
    pub reason: String,
    /// Where it is being dealt with.
    pub link: Option<String>,
    /// The last day on which it holds, in UTC.
    #[serde(default, deserialize_with = "day")]
    pub expires: Option<Date>,
}

/// The known failures of a target, by requirement id.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Baseline {
    /// By the id, in the order of the ids.
    pub entries: BTreeMap<String, Entry>,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let moment = Datetime::deserialize(deserializer)?;
    let day = moment.date.filter(|_| moment.time.is_none());
    let wanted = "a day is wanted, without quotes or a time, such as 2027-03-31";
    day.map(Some).ok_or_else(|| D::Error::custom(wanted))
}

/// Why a baseline cannot be used. Found before anything is sent.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The file cannot be read.
    #[error("cannot read the baseline: {0}")]
    Unreadable(#[from] io::Error),
    /// It is no TOML, or has other members than an entry may have.
    #[error("the baseline is not as it should be: {0}")]
    Malformed(String),
    /// An entry says nothing.
    #[error("the baseline's entry [{0}] needs a reason in words")]
    NoReason(String),
}

impl Baseline {
    /// Checks a file's text.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let entries: BTreeMap<String, Entry> =
            toml::from_str(text).map_err(|error| BaselineError::Malformed(error.to_string()))?;
        match entries
            .iter()
            .find(|(_, entry)| entry.reason.trim().is_empty())
        {
            Some((id, _)) => Err(BaselineError::NoReason(id.clone())),
            None => Ok(Self { entries }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn message(text: &str) -> String {
        Baseline::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn an_entry_has_a_reason_and_maybe_a_link_and_a_last_day() {
        let baseline = Baseline::parse(
            "[LOGIN-7]\nreason = \"known\"\nlink = \"https://issues.example/1\"\n\
             expires = 2027-03-31\n[ROOT-1]\nreason = 'x'\n",
        )
        .unwrap();
        let (known, root) = (&baseline.entries["LOGIN-7"], &baseline.entries["ROOT-1"]);
        assert_eq!(known.expires.unwrap().to_string(), "2027-03-31");
        assert_eq!(root.link, None);
    }

    #[test]
    fn an_empty_file_is_an_empty_baseline() {
        assert_eq!(Baseline::parse("").unwrap(), Baseline::default());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert!(message("[LOGIN-7]\n").contains("reason"));
        assert!(message("[LOGIN-7]\nreason = ' '\n").contains("[LOGIN-7]"));
        assert!(message("[A]\nreason = 'x'\n[A]\nreason = 'y'\n").contains("duplicate"));
        assert!(message("[A]\nreason = 'x'\nreasn = 'y'\n").contains("reasn"));
        assert!(message("[A]\nreason = 'x'\nexpires = '2027-01-01'\n").contains("line 3"));
        assert!(message("[A]\nreason = 'x'\nexpires = 2027-01-01T10:00:00Z\n").contains("a day"));
        assert!(message("[A]\nreason = 'x'\nexpires = 2027-02-31\n").contains("line 3"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}|(\\[[A-Z-]{1,5}\\]|reason = |'|expires = 20|-0|\\n){0,20}") {
            let _ = Baseline::parse(&text);
        }
    }
}
