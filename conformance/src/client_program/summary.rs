//! What a reader wants first: whether the program's calls are right, and then what it does not
//! notice, function by function.

use std::fmt::Write as _;

use super::{
    defects::Defect,
    judge::{Judged, Unnoticed},
};
use crate::{run::Outcome, scenario::expect::shown};

/// The first lines of the result.
pub fn summary(judged: &Judged) -> String {
    let mut text = String::new();
    let wrong: Vec<String> = judged.run.scenarios[..judged.calls]
        .iter()
        .filter_map(|scenario| match &scenario.outcome {
            Outcome::Failed(failure) => {
                let first = failure.mismatches.first();
                let why = first.map_or_else(String::new, |one| {
                    format!(
                        ": {} is {} instead of {}",
                        one.what, one.actual, one.expected
                    )
                });
                Some(format!("{} {}{why}", scenario.requirement, scenario.name))
            }
            _ => None,
        })
        .collect();
    if wrong.is_empty() {
        text.push_str("Its calls are right: all nine, in the documented order.\n");
    } else {
        text.push_str("Its calls are not right:\n");
        for line in wrong {
            let _ = writeln!(text, "  {}", shown(&line));
        }
    }
    let mut scenarios = judged.run.scenarios.iter();
    if scenarios.any(|scenario| matches!(scenario.outcome, Outcome::Incomplete(_))) {
        text.push_str("What it notices could not be judged.\n");
    } else if judged.unnoticed.is_empty() {
        text.push_str("It notices every answer that is wrong.\n");
    } else {
        text.push_str("It does not notice:\n");
        for Unnoticed { defect, response } in &judged.unnoticed {
            let Defect {
                function,
                level,
                does,
                ..
            } = defect;
            let requirement = defect.requirement();
            let _ = writeln!(text, "  {function} ({requirement}, {level}): that {does}");
            if let Some(response) = response {
                let _ = writeln!(text, "    let pass: {}", shown(response));
            }
        }
    }
    text
}
