//! A calendar day in UTC, as a baseline's expiry needs it.

use std::{fmt, time::SystemTime};

use serde::{Deserialize, Deserializer, de::Error};

use crate::http::timestamp::rfc3339;

/// A day in UTC.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date {
    year: u16,
    month: u16,
    day: u16,
}

impl Date {
    /// The day of a moment.
    pub fn of(moment: SystemTime) -> Self {
        let text = rfc3339(moment);
        let mut numbers = text.split(['-', 'T']).map(str::parse);
        let mut next = || numbers.next().and_then(Result::ok).unwrap_or(0);
        Self {
            year: next(),
            month: next(),
            day: next(),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let moment = toml::value::Datetime::deserialize(deserializer)?;
        match (moment.date, moment.time) {
            (Some(date), None) => Ok(Self {
                year: date.year,
                month: date.month.into(),
                day: date.day.into(),
            }),
            _ => Err(D::Error::custom(
                "a day is wanted, without quotes or a time, such as 2027-03-31",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn a_moment_has_its_day_in_utc() {
        let noon = UNIX_EPOCH + Duration::from_secs(1_790_000_000);
        assert_eq!(Date::of(noon).to_string(), "2026-09-21");
        assert_eq!(Date::of(UNIX_EPOCH).to_string(), "1970-01-01");
        assert_eq!(
            Date::of(UNIX_EPOCH - Duration::from_hours(24)).to_string(),
            "1970-01-01"
        );
    }

    #[test]
    fn days_are_ordered() {
        let day = |year, month, day| Date { year, month, day };
        assert!(day(2026, 12, 31) < day(2027, 1, 1));
        assert!(day(2026, 2, 28) < day(2026, 11, 1));
    }
}
