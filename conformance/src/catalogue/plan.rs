//! In which order a selection runs, and how careful each part has to be.

use sha2::{Digest, Sha256};

use super::{Case, Risk};
use crate::requirement::Level;

/// Cases that may run side by side, before the next part begins.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Part {
    /// Numbers of cases in the catalogue, in the order of their turn.
    pub cases: Vec<usize>,
    /// How the target is looked after once each of them is done.
    pub sanity: Sanity,
    /// Whether each of them has the target started afresh first, and so for itself.
    pub fresh_starts: bool,
}

/// What is asked of the target after a case, to know that it is still itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sanity {
    /// Nothing: the document states how it has to behave.
    Assumed,
    /// `GET /` is answered.
    Answers,
    /// `GET /` is answered, and a newcomer can register and log in. One case at a time.
    Registers,
}

/// Orders the selected cases: first all that the document states, then what it is silent about,
/// the riskiest at the very end. Fresh starts stand before and after, so that none of them takes
/// away what other cases share. With a seed the order within each part is shuffled by it.
pub fn plan(cases: &[Case], selected: &[usize], shuffle: Option<u64>) -> Vec<Part> {
    let part_of = |case: &Case| match (case.fresh_start, case.level, case.risk) {
        (true, Level::Must, Risk::None) => 0,
        (true, ..) => 6,
        (_, _, Risk::Last) => 5,
        (_, _, Risk::Highest) => 4,
        (_, _, Risk::High) => 3,
        (_, Level::Should | Level::May, Risk::None) => 2,
        (_, Level::Must, Risk::None) => 1,
    };
    (0..7)
        .map(|part| {
            let mut numbers: Vec<usize> = selected
                .iter()
                .copied()
                .filter(|number| part_of(&cases[*number]) == part)
                .collect();
            if let Some(seed) = shuffle {
                numbers.sort_by_cached_key(|number| rank(seed, *number));
            }
            Part {
                cases: numbers,
                sanity: match part {
                    0 | 1 | 6 => Sanity::Assumed,
                    2 | 5 => Sanity::Answers,
                    _ => Sanity::Registers,
                },
                fresh_starts: matches!(part, 0 | 6),
            }
        })
        .filter(|part| !part.cases.is_empty())
        .collect()
}

fn rank(seed: u64, number: usize) -> Vec<u8> {
    Sha256::digest(format!("order/{seed}/{number}")).to_vec()
}
