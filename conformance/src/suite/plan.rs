//! In which order a selection runs, and how careful each part has to be.

use sha2::{Digest, Sha256};

use super::{Case, Risk};
use crate::suite::Level;

/// Cases that may run side by side, before the next part begins.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Part {
    /// Numbers of cases in the catalogue, in the order of their turn.
    pub cases: Vec<usize>,
    /// How the target is looked after once each of them is done.
    pub sanity: Sanity,
    /// Whether they have their turns one after another, whatever was asked for.
    pub alone: bool,
    /// Whether each of them has the target started afresh first, and so for itself.
    pub fresh_starts: bool,
}

/// What is asked of the target after a case, to know that it is still itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sanity {
    /// Nothing: the document states how it has to behave, or nothing follows.
    Assumed,
    /// A profile is answered below 500, which costs no hash: a target that several requests at
    /// once have broken shows it where it reads its store. Where it never was, `GET /`.
    Answers,
    /// `GET /` is answered, and a newcomer can register. One case at a time.
    Registers,
}

/// Orders the selected cases: first all that the document states, then what it is silent about,
/// the riskiest at the very end. Fresh starts follow: a target that can be started only once is
/// judged by all the rest. With a seed the order within each part is shuffled by it.
pub fn plan(cases: &[Case], selected: &[usize], shuffle: Option<u64>) -> Vec<Part> {
    let part_of = |case: &Case| match (case.fresh_start, case.level, case.risk) {
        (true, Level::Must, Risk::None) => 7,
        (true, ..) => 8,
        (_, _, Risk::Last) => 6,
        (_, _, Risk::Highest) => 5,
        (_, _, Risk::Higher) => 4,
        (_, _, Risk::High) => 3,
        (_, Level::Should | Level::May, Risk::None) => 2,
        (_, Level::Must, Risk::None) if case.closing => 1,
        (_, Level::Must, Risk::None) => 0,
    };
    (0..9)
        .map(|part| {
            let mut numbers: Vec<usize> = selected
                .iter()
                .copied()
                .filter(|number| part_of(&cases[*number]) == part)
                .collect();
            let closing = part == 1;
            if let Some(seed) = shuffle.filter(|_| !closing) {
                numbers.sort_by_cached_key(|number| rank(seed, *number));
            }
            Part {
                cases: numbers,
                sanity: match part {
                    0 | 1 | 6 | 7 | 8 => Sanity::Assumed,
                    2 => Sanity::Answers,
                    _ => Sanity::Registers,
                },
                fresh_starts: matches!(part, 7 | 8),
                alone: closing || part == 6,
            }
        })
        .filter(|part| !part.cases.is_empty())
        .collect()
}

fn rank(seed: u64, number: usize) -> Vec<u8> {
    Sha256::digest(format!("order/{seed}/{number}")).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::Catalogue;

    fn whole(shuffle: Option<u64>) -> (Catalogue, Vec<Part>) {
        let catalogue = Catalogue::compiled_in().unwrap();
        let all: Vec<usize> = (0..catalogue.cases.len()).collect();
        let parts = plan(&catalogue.cases, &all, shuffle);
        (catalogue, parts)
    }

    #[test]
    fn every_case_has_exactly_one_turn_in_any_order() {
        for shuffle in [None, Some(1), Some(2)] {
            let (catalogue, parts) = whole(shuffle);
            let mut turns: Vec<usize> = parts.into_iter().flat_map(|part| part.cases).collect();
            turns.sort_unstable();
            assert_eq!(turns, (0..catalogue.cases.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_the_document_states_comes_before_what_it_is_silent_about() {
        let (catalogue, parts) = whole(Some(7));
        let order: Vec<&Case> = parts
            .iter()
            .flat_map(|part| &part.cases)
            .map(|number| &catalogue.cases[*number])
            // A fresh start takes with it whatever was done to the target before.
            .filter(|case| !case.fresh_start)
            .collect();
        // What starts the target for itself can harm nobody, so its place is free.
        let shared: Vec<&&Case> = order.iter().filter(|case| !case.fresh_start).collect();
        let order = shared;
        let musts = order
            .iter()
            .take_while(|case| case.level == Level::Must)
            .count();
        assert!(order[musts..].iter().all(|case| case.level != Level::Must));
        assert!(
            order[musts..]
                .windows(2)
                .all(|pair| pair[0].risk <= pair[1].risk)
        );
        assert_eq!(
            order.last().map(|case| case.requirement.as_str()),
            Some("HTTP-4")
        );
    }

    #[test]
    fn fresh_starts_come_when_nothing_is_left_for_the_first_process() {
        let (_, parts) = whole(None);
        let first = parts.iter().position(|part| part.fresh_starts).unwrap();
        assert!(first > 0);
        assert!(parts[first..].iter().all(|part| part.fresh_starts));
    }

    #[test]
    fn a_seed_shuffles_and_the_same_seed_shuffles_the_same_way() {
        assert_eq!(whole(Some(3)).1, whole(Some(3)).1);
        assert_ne!(whole(Some(3)).1, whole(Some(4)).1);
        assert_ne!(whole(Some(3)).1, whole(None).1);
    }

    #[test]
    fn input_that_may_do_harm_is_never_sent_beside_anything_else() {
        let (catalogue, parts) = whole(None);
        for part in parts.into_iter().filter(|part| !part.fresh_starts) {
            let risky = part.cases.iter().any(|number| {
                let risk = catalogue.cases[*number].risk;
                risk != Risk::None && risk != Risk::Last
            });
            assert_eq!(risky, part.sanity == Sanity::Registers);
        }
    }
}
