//! What the grammar lets through and a suite must not: everything that could pass without
//! proving anything.

use std::collections::HashMap;

use cucumber::gherkin;

use super::{Case, error::Problem};
use crate::suite::{Location, Requirement};

/// Words that begin a line of Gherkin. In a description they tell of a misspelt line before them.
const STEP_WORDS: [&str; 5] = ["Given ", "When ", "Then ", "And ", "But "];

/// Everything that is wrong with well-formed features.
pub(super) fn catalogue(requirements: &[Requirement], cases: &[Case]) -> Vec<Problem> {
    let mut problems = Vec::new();
    duplicate_ids(requirements, &mut problems);
    for requirement in requirements {
        if !cases.iter().any(|case| case.requirement == requirement.id) {
            problems.push(Problem::new(
                requirement.location.clone(),
                format!("{} has no scenario, so nothing proves it", requirement.id),
            ));
        }
        descriptions(
            requirement.description.as_deref(),
            &requirement.location,
            &mut problems,
        );
    }
    duplicate_titles(cases, &mut problems);
    for case in cases {
        check_case(case, &mut problems);
    }
    problems
}

fn duplicate_ids(requirements: &[Requirement], problems: &mut Vec<Problem>) {
    let mut seen: HashMap<&str, &Location> = HashMap::new();
    for requirement in requirements {
        if let Some(first) = seen.insert(&requirement.id, &requirement.location) {
            problems.push(Problem::new(
                requirement.location.clone(),
                format!("the id {} is taken already, at {first}", requirement.id),
            ));
        }
    }
}

fn duplicate_titles(cases: &[Case], problems: &mut Vec<Problem>) {
    let mut seen: HashMap<(&str, &str), &Location> = HashMap::new();
    for case in cases {
        if let Some(first) = seen.insert((&case.requirement, &case.name), &case.location) {
            problems.push(Problem::new(
                case.location.clone(),
                format!(
                    "{} has a scenario {:?} already, at {first}: a title says which case it is",
                    case.requirement, case.name
                ),
            ));
        }
    }
}

fn descriptions(text: Option<&str>, location: &Location, problems: &mut Vec<Problem>) {
    let Some(text) = text else { return };
    let looks_like_a_step = STEP_WORDS.iter().any(|word| {
        text.starts_with(word)
            || text.contains(&format!(": {word}"))
            || text.contains(&format!(". {word}"))
    });
    if looks_like_a_step || text.contains("Scen") && text.contains(": ") {
        problems.push(Problem::new(
            location.clone(),
            "the description holds what looks like a step or a scenario: is a keyword before it misspelt?",
        ));
    }
}

fn check_case(case: &Case, problems: &mut Vec<Problem>) {
    let at = |line| Location {
        file: case.location.file.clone(),
        line,
    };
    let mut asserts = false;
    for step in case.steps() {
        asserts |= step.ty == gherkin::StepType::Then;
        if step.value.contains('<') && step.value.contains('>') {
            problems.push(Problem::new(
                at(step.position.line),
                format!(
                    "the step {:?} has a placeholder that no examples fill",
                    step.value
                ),
            ));
        }
    }
    if !asserts {
        problems.push(Problem::new(
            case.location.clone(),
            format!(
                "the scenario {:?} asserts nothing: it has no Then",
                case.name
            ),
        ));
    }
    let description = case.scenario().and_then(|own| own.description.as_deref());
    descriptions(description, &case.location, problems);
}
