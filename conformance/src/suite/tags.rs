//! The tags that mean something. Any other is a slip, such as `@risk.higest`, and what a slip asks
//! for does not happen: such input would run early.

use cucumber::gherkin::{self, tagexpr::TagOperation};

use super::{Case, error::Problem};
use crate::suite::{Level, Location};

/// What the tags of a scenario, of its examples or of a rule may say of how it runs.
const MANNERS: [&str; 6] = [
    "closes.musts",
    "needs.fresh-start",
    "risk.high",
    "risk.higher",
    "risk.highest",
    "risk.last",
];

/// Whether a tag is the id of a requirement, such as `LOGIN-4`.
pub(super) fn is_id(tag: &str) -> bool {
    tag.split_once('-').is_some_and(|(area, number)| {
        !area.is_empty()
            && area.starts_with(|c: char| c.is_ascii_uppercase())
            && area
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            && !number.is_empty()
            && number.chars().all(|c| c.is_ascii_digit())
    })
}

fn is_of_feature(tag: &str) -> bool {
    tag.strip_prefix("area.")
        .is_some_and(|area| !area.is_empty())
}

fn is_of_rule(tag: &str) -> bool {
    // Which numbers a task may have is said where they are read.
    is_id(tag) || tag.parse::<Level>().is_ok() || tag.starts_with("task-")
}

fn is_of_scenario(tag: &str) -> bool {
    let accepts = tag.strip_prefix("accepts.");
    MANNERS.contains(&tag) || accepts.is_some_and(|what| !what.is_empty())
}

/// The tags of a feature that nothing knows where they stand.
pub(super) fn unknown(feature: &gherkin::Feature, at: &impl Fn(usize) -> Location) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut check = |tags: &[String], line: usize, place: &str, known: &dyn Fn(&str) -> bool| {
        problems.extend(tags.iter().filter(|tag| !known(tag)).map(|tag| {
            Problem::new(
                at(line),
                format!("nothing knows the tag @{tag} on a {place}: features/README.md lists all"),
            )
        }));
    };
    check(
        &feature.tags,
        feature.position.line,
        "feature",
        &is_of_feature,
    );
    for rule in &feature.rules {
        check(&rule.tags, rule.position.line, "rule", &|tag| {
            is_of_rule(tag) || is_of_scenario(tag)
        });
        for scenario in &rule.scenarios {
            check(
                &scenario.tags,
                scenario.position.line,
                "scenario",
                &is_of_scenario,
            );
            for examples in &scenario.examples {
                check(
                    &examples.tags,
                    examples.position.line,
                    "table of examples",
                    &is_of_scenario,
                );
            }
        }
    }
    problems
}

/// The first tag of an expression that no scenario has and that means nothing.
pub(super) fn stranger<'a>(expression: &'a TagOperation, cases: &[Case]) -> Option<&'a str> {
    match expression {
        TagOperation::And(one, other) | TagOperation::Or(one, other) => {
            stranger(one, cases).or_else(|| stranger(other, cases))
        }
        TagOperation::Not(one) => stranger(one, cases),
        TagOperation::Tag(tag) => {
            let means = tag.parse::<Level>().is_ok() || MANNERS.contains(&tag.as_str());
            let used = || cases.iter().any(|case| case.tags.contains(tag));
            (!means && !used()).then_some(tag)
        }
    }
}
