//! What the grammar lets through and a suite must not: everything that could pass without
//! proving anything.

use std::collections::HashMap;

use cucumber::{
    World as _,
    codegen::{StepConstructor as _, WorldInventory},
    gherkin,
};

use super::{Case, Catalogue, CatalogueError, error::Problem};
use crate::{
    requirement::{Location, Requirement},
    world::World,
};

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
    let steps = World::collection();
    for case in cases {
        check_case(case, &steps, &mut problems);
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

fn check_case(case: &Case, steps: &cucumber::step::Collection<World>, problems: &mut Vec<Problem>) {
    let at = |line| Location {
        file: case.location.file.clone(),
        line,
    };
    let mut asserts = false;
    for step in case.steps() {
        asserts |= step.ty == gherkin::StepType::Then;
        match steps.find(step) {
            Ok(Some(_)) => {}
            Ok(None) => problems.push(Problem::new(
                at(step.position.line),
                format!(
                    "no definition matches the step \"{}{}\"",
                    step.keyword, step.value
                ),
            )),
            Err(ambiguous) => problems.push(Problem::new(
                at(step.position.line),
                format!(
                    "more than one definition matches the step {:?}: {ambiguous}",
                    step.value
                ),
            )),
        }
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
    let scenario = case
        .feature
        .rules
        .first()
        .and_then(|rule| rule.scenarios.first());
    descriptions(
        scenario.and_then(|scenario| scenario.description.as_deref()),
        &case.location,
        problems,
    );
}

/// Step definitions that no compiled-in feature uses are dead text.
pub(super) fn unused_steps(catalogue: &Catalogue) -> Result<(), CatalogueError> {
    let collection = World::collection();
    let used: Vec<cucumber::step::Location> = catalogue
        .cases
        .iter()
        .flat_map(Case::steps)
        .filter_map(|step| collection.find(step).ok().flatten())
        .filter_map(|(_, _, location, _)| location)
        .collect();
    let problems: Vec<Problem> = definitions()
        .into_iter()
        .filter(|(location, _)| !used.contains(location))
        .map(|(location, text)| {
            Problem::new(
                Location {
                    file: location.path.to_owned(),
                    line: location.line as usize,
                },
                format!("no feature uses the step {text}"),
            )
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(CatalogueError::Problems(problems))
    }
}

/// Every step definition, with the expression that it answers to.
fn definitions() -> Vec<(cucumber::step::Location, String)> {
    let given = cucumber::codegen::inventory::iter::<<World as WorldInventory>::Given>
        .into_iter()
        .map(|step| step.inner());
    let when = cucumber::codegen::inventory::iter::<<World as WorldInventory>::When>
        .into_iter()
        .map(|step| step.inner());
    let then = cucumber::codegen::inventory::iter::<<World as WorldInventory>::Then>
        .into_iter()
        .map(|step| step.inner());
    given
        .chain(when)
        .chain(then)
        .map(|(location, regex, _)| (location, regex().to_string()))
        .collect()
}
