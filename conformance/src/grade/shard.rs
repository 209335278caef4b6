//! A part of a grading: every N-th of its targets, so that N parts are the whole, none twice.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Part `number` of `of`, counted from 1, as `--shard 2/4` asks for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Shard {
    /// Which part, counted from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Shard {
    /// All of it in one part.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Whether the part has what stands at `place`, counted from 0.
    pub fn has(self, place: usize) -> bool {
        place % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("'{text}' is no part: write 2/4 for the second of four");
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let (number, of) = (
            number.parse().map_err(|_| wrong())?,
            of.parse().map_err(|_| wrong())?,
        );
        if number == 0 || number > of {
            return Err(wrong());
        }
        Ok(Self { number, of })
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_parts_are_the_whole_and_none_twice(of in 1usize..20, places in 0usize..200) {
            let parts: Vec<Shard> = (1..=of).map(|number| Shard { number, of }).collect();
            for place in 0..places {
                prop_assert_eq!(parts.iter().filter(|part| part.has(place)).count(), 1);
            }
        }
    }

    #[test]
    fn a_part_is_a_number_of_a_number() {
        assert_eq!("2/4".parse(), Ok(Shard { number: 2, of: 4 }));
        for wrong in ["", "2", "0/4", "5/4", "1/0", "a/b", "1/2/3", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
