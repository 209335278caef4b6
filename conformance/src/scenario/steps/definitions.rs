//! The registry of steps, which is cucumber's: which definition a step of a feature has, found
//! once for each text.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use cucumber::{
    World as _,
    gherkin::{self, StepType},
    step::{Collection, Context, Location as Place},
};
use futures::future::LocalBoxFuture;

use crate::{
    scenario::World,
    suite::{Catalogue, CatalogueError, Location, Problem},
};

/// What carries a step out, and what its expression found in the step's text.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    function: cucumber::step::Step<World>,
    matches: Vec<(Option<String>, String)>,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a test asks which definitions are used")
    )]
    place: Option<Place>,
}

impl Definition {
    /// Carries the step out.
    pub(crate) fn carry_out<'a>(
        self,
        world: &'a mut World,
        step: &gherkin::Step,
    ) -> LocalBoxFuture<'a, ()> {
        let context = Context {
            step: step.clone(),
            matches: self.matches,
        };
        (self.function)(world, context)
    }
}

fn collection() -> &'static Collection<World> {
    static COLLECTION: OnceLock<Collection<World>> = OnceLock::new();
    COLLECTION.get_or_init(World::collection)
}

/// The one definition of a step.
///
/// # Errors
/// When there is none, or more than one.
pub(crate) fn find(step: &gherkin::Step) -> Result<Definition, String> {
    static FOUND: OnceLock<Mutex<HashMap<(StepType, String), Definition>>> = OnceLock::new();
    // Each search tries every expression of the registry.
    let known = FOUND.get_or_init(Mutex::default);
    let key = (step.ty, step.value.clone());
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(definition) = known.get(&key) {
        return Ok(definition.clone());
    }
    let found = collection().find(step).map_err(|ambiguous| {
        format!(
            "more than one definition matches the step {:?}: {ambiguous}",
            step.value
        )
    })?;
    let Some((function, _, place, context)) = found else {
        let (keyword, value) = (&step.keyword, &step.value);
        return Err(format!(
            "no definition matches the step \"{keyword}{value}\""
        ));
    };
    let definition = Definition {
        function: *function,
        matches: context.matches,
        place,
    };
    known.insert(key, definition.clone());
    Ok(definition)
}

/// Checks that every step of the features has one definition.
///
/// # Errors
/// When some have none or several; all problems at once.
pub(crate) fn check(catalogue: &Catalogue) -> Result<(), CatalogueError> {
    let problems = catalogue.cases.iter().flat_map(|case| {
        case.steps().filter_map(|step| {
            let location = Location {
                file: case.location.file.clone(),
                line: step.position.line,
            };
            find(step).err().map(|what| Problem::new(location, what))
        })
    });
    let problems: Vec<Problem> = problems.collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(CatalogueError::Problems(problems))
    }
}

#[cfg(test)]
mod tests {
    use cucumber::codegen::{StepConstructor as _, WorldInventory};

    use super::*;
    use crate::suite::Case;

    /// A definition that no feature uses is dead text.
    fn unused(catalogue: &Catalogue) -> Vec<String> {
        let steps = catalogue.cases.iter().flat_map(Case::steps);
        let used: Vec<Place> = steps.filter_map(|step| find(step).ok()?.place).collect();
        all()
            .into_iter()
            .filter(|(place, _)| !used.contains(place))
            .map(|(place, text)| format!("{place}: {text}"))
            .collect()
    }

    /// Every definition, with the expression that it answers to.
    fn all() -> Vec<(Place, String)> {
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
            .map(|(place, regex, _)| (place, regex().to_string()))
            .collect()
    }

    #[test]
    fn every_step_of_the_features_has_one_definition_and_each_of_these_is_used() {
        let catalogue = Catalogue::compiled_in().unwrap();
        assert!(check(&catalogue).is_ok());
        assert_eq!(unused(&catalogue), Vec::<String>::new());
    }
}
