//! Which cases a run is about.

use cucumber::{gherkin::tagexpr::TagOperation, tag::Ext as _};
use regex::Regex;

use super::{Case, Catalogue, tags::stranger};
use crate::suite::Level;

/// What was asked for. Values of one kind widen, kinds narrow: `--task 7 --task 11 --level must`
/// selects the musts of both tasks.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Ids of requirements.
    pub requirements: Vec<String>,
    /// Numbers of tasks.
    pub tasks: Vec<u8>,
    /// The last task whose requirements are asked for: those that need no later one.
    pub up_to: Option<u8>,
    /// Levels.
    pub levels: Vec<Level>,
    /// A tag expression such as `@must and not @area.login`.
    pub tags: Option<TagOperation>,
    /// A pattern that the scenario's title matches somewhere.
    pub name: Option<Regex>,
}

/// Why a selection is none.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SelectionError {
    /// An id that no requirement has.
    #[error("no requirement has the id '{id}'{}; `authspec list` shows them all", near(.like))]
    UnknownRequirement {
        /// What was asked for.
        id: String,
        /// Ids that look like it.
        like: Vec<String>,
    },
    /// A task that no requirement cites.
    #[error("no requirement comes from task {0}: `authspec list` shows the tasks of each")]
    UnknownTask(u8),
    /// A tag that means nothing and that no scenario has.
    #[error("nothing knows the tag '@{0}': features/README.md lists all")]
    UnknownTag(String),
    /// Nothing is left.
    #[error("nothing is selected: no scenario fits all of the given options together")]
    Nothing,
}

impl SelectionError {
    /// Whether the options are wrong in themselves, or only leave nothing.
    pub fn selects_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

fn near(like: &[String]) -> String {
    if like.is_empty() {
        String::new()
    } else {
        format!(" (did you mean {}?)", like.join(" or "))
    }
}

impl Selection {
    /// The numbers of the selected cases, in the catalogue's order.
    ///
    /// # Errors
    /// When an id, a task or a tag names nothing, or when nothing is left.
    pub fn of(&self, catalogue: &Catalogue) -> Result<Vec<usize>, SelectionError> {
        for id in &self.requirements {
            if catalogue.requirement(id).is_none() {
                return Err(unknown(id, catalogue));
            }
        }
        for task in &self.tasks {
            if !catalogue
                .requirements
                .iter()
                .any(|r| r.tasks.contains(task))
            {
                return Err(SelectionError::UnknownTask(*task));
            }
        }
        if let Some(tag) = (self.tags.as_ref()).and_then(|tags| stranger(tags, &catalogue.cases)) {
            return Err(SelectionError::UnknownTag(tag.to_owned()));
        }
        let cases = catalogue.cases.iter().filter(|case| self.fits(case));
        let selected: Vec<usize> = cases.map(|case| case.number).collect();
        if selected.is_empty() {
            return Err(SelectionError::Nothing);
        }
        Ok(selected)
    }

    fn fits(&self, case: &Case) -> bool {
        let named = |id: &String| id.eq_ignore_ascii_case(&case.requirement);
        let (tags, name) = (self.tags.as_ref(), self.name.as_ref());
        (self.requirements.is_empty() || self.requirements.iter().any(named))
            && (self.tasks.is_empty() || self.tasks.iter().any(|task| case.tasks.contains(task)))
            && self.up_to.is_none_or(|last| is_done_by(case, last))
            && (self.levels.is_empty() || self.levels.contains(&case.level))
            && tags.is_none_or(|tags| tags.eval(&case.tags))
            && name.is_none_or(|name| name.is_match(&case.name))
    }
}

/// Whether whoever has done the tasks up to `last` can be held to a case: the document asks for it
/// in these tasks alone.
fn is_done_by(case: &Case, last: u8) -> bool {
    !case.tasks.is_empty() && case.tasks.iter().all(|task| *task <= last)
}

fn unknown(id: &str, catalogue: &Catalogue) -> SelectionError {
    let letters = |text: &str| {
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_uppercase()
    };
    let wanted = letters(id);
    let area = wanted.trim_end_matches(|c: char| c.is_ascii_digit());
    let ids = || catalogue.requirements.iter().map(|known| known.id.clone());
    let mut like: Vec<String> = ids().filter(|other| letters(other) == wanted).collect();
    if like.is_empty() && !area.is_empty() {
        like = ids()
            .filter(|other| letters(other).trim_end_matches(|c: char| c.is_ascii_digit()) == area)
            .take(3)
            .collect();
    }
    SelectionError::UnknownRequirement {
        id: id.to_owned(),
        like,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(selection: &Selection) -> Vec<String> {
        let catalogue = Catalogue::compiled_in().unwrap();
        let mut ids: Vec<String> = selection
            .of(&catalogue)
            .unwrap()
            .into_iter()
            .map(|number| catalogue.cases[number].requirement.clone())
            .collect();
        ids.dedup();
        ids
    }

    #[test]
    fn values_widen_and_kinds_narrow() {
        let two_tasks = Selection {
            tasks: vec![6, 15],
            ..Selection::default()
        };
        assert_eq!(
            ids(&two_tasks),
            [
                "ROOT-1",
                "PROFILE-1",
                "PROFILE-2",
                "PROFILE-3",
                "PROFILE-4",
                "PROFILE-6"
            ]
        );
        let narrowed = Selection {
            tags: Some(
                "@area.profile and not @PROFILE-4 and not @PROFILE-6"
                    .parse()
                    .unwrap(),
            ),
            levels: vec![Level::Must],
            name: Some(Regex::new("(?i)cookie").unwrap()),
            ..two_tasks
        };
        assert_eq!(ids(&narrowed), ["PROFILE-2"]);
    }

    #[test]
    fn up_to_a_task_is_what_needs_no_later_one() {
        let early = Selection {
            up_to: Some(7),
            ..Selection::default()
        };
        let catalogue = Catalogue::compiled_in().unwrap();
        let selected = ids(&early);
        assert!(selected.contains(&"REG-1".to_owned()), "{selected:?}");
        assert!(!selected.contains(&"LOGIN-1".to_owned()), "{selected:?}");
        for id in selected {
            let requirement = catalogue.requirement(&id).unwrap();
            assert!(requirement.tasks.iter().all(|task| *task <= 7), "{id}");
        }
    }

    #[test]
    fn an_unknown_id_is_told_with_what_it_may_have_meant() {
        let catalogue = Catalogue::compiled_in().unwrap();
        let wrong = |id: &str| {
            let selection = Selection {
                requirements: vec![id.to_owned()],
                ..Selection::default()
            };
            selection.of(&catalogue).unwrap_err().to_string()
        };
        assert!(wrong("login4").contains("did you mean LOGIN-4?"));
        assert!(wrong("LOGOUT-77").contains("LOGOUT-1"));
        assert!(wrong("FOO-1").starts_with("no requirement has the id 'FOO-1';"));
    }
}
