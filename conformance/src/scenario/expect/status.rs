//! Which status codes will do.

use std::{fmt, str::FromStr};

use super::answered;
use crate::http::{Exchange, Mismatch};

/// A set of status codes, as features write it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Status {
    /// One of these, such as `302 or 303`.
    OneOf(Vec<u16>),
    /// Any client error: `4xx`.
    ClientError,
    /// Anything but a server error: `below 500`.
    Below500,
    /// Any success: `2xx`.
    Success,
}

impl Status {
    /// Exactly this one.
    pub fn exactly(code: u16) -> Self {
        Self::OneOf(vec![code])
    }

    /// Whether `code` will do.
    pub fn accepts(&self, code: u16) -> bool {
        match self {
            Self::OneOf(codes) => codes.contains(&code),
            Self::ClientError => (400..500).contains(&code),
            Self::Below500 => (200..500).contains(&code),
            Self::Success => (200..300).contains(&code),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneOf(codes) => {
                let codes: Vec<String> = codes.iter().map(u16::to_string).collect();
                f.write_str(&codes.join(" or "))
            }
            Self::ClientError => f.write_str("4xx"),
            Self::Below500 => f.write_str("below 500"),
            Self::Success => f.write_str("2xx"),
        }
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "4xx" => Ok(Self::ClientError),
            "2xx" => Ok(Self::Success),
            "below 500" => Ok(Self::Below500),
            codes => codes
                .split(" or ")
                .map(|code| {
                    code.parse()
                        .ok()
                        .filter(|code| (100..600).contains(code))
                        .ok_or_else(|| format!("'{code}' is no status code"))
                })
                .collect::<Result<_, _>>()
                .map(Self::OneOf),
        }
    }
}

/// What is wrong with the status of an answer, a missing answer included.
pub fn status(exchange: &Exchange, expected: &Status) -> Vec<Mismatch> {
    match answered(exchange, &format!("status {expected}")) {
        Ok(response) if expected.accepts(response.status) => Vec::new(),
        Ok(response) => vec![Mismatch::new(
            "status",
            expected.to_string(),
            response.status.to_string(),
        )],
        Err(missing) => vec![missing],
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn what_features_write_is_read_and_written_back() {
        for text in ["403", "302 or 303", "4xx", "below 500", "2xx"] {
            assert_eq!(text.parse::<Status>().unwrap().to_string(), text);
        }
        for text in ["", "forty", "99", "600", "302 or", "302, 303"] {
            assert!(text.parse::<Status>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_informational_status_is_no_final_answer() {
        assert!(!Status::Below500.accepts(199));
        assert!(Status::Below500.accepts(499));
        assert!(!Status::Below500.accepts(500));
    }
}
