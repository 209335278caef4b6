//! One scenario, or one row of an outline, ready to run.

use cucumber::gherkin;

use crate::suite::{Level, Location};

/// What a scenario may do to a target that is not careful. Whatever the document is silent about
/// runs after all that it states, the riskiest at the very end.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Risk {
    /// Nothing that a client would not do every day.
    None,
    /// Input that may leave a broken account behind (`@risk.high`).
    High,
    /// Input that may change what belongs to somebody else (`@risk.higher`).
    Higher,
    /// Input that is known to wreck many targets for good (`@risk.highest`).
    Highest,
    /// Not risky itself, but it has to see what the others left (`@risk.last`).
    Last,
}

impl Risk {
    /// The risk that a scenario's tags tell of.
    pub(super) fn from_tags(tags: &[String]) -> Self {
        let risk = |tag: &String| match tag.as_str() {
            "risk.last" => Self::Last,
            "risk.highest" => Self::Highest,
            "risk.higher" => Self::Higher,
            "risk.high" => Self::High,
            _ => Self::None,
        };
        tags.iter().map(risk).max().unwrap_or(Self::None)
    }
}

/// One scenario, or one row of an outline.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its place in the catalogue.
    pub number: usize,
    /// The id of the requirement that it proves.
    pub requirement: String,
    /// That requirement's level.
    pub level: Level,
    /// That requirement's tasks.
    pub tasks: Vec<u8>,
    /// Its title, placeholders filled in.
    pub name: String,
    /// Where it stands; for a row of an outline the row.
    pub location: Location,
    /// All tags that hold for it: of the feature, the rule, the scenario and the examples.
    pub tags: Vec<String>,
    /// What it may do to the target.
    pub risk: Risk,
    /// Whether it begins with a target that has just been started (`@needs.fresh-start`).
    pub fresh_start: bool,
    /// Whether it looks back on the musts, and so has its turn after all others of them, alone
    /// and in the order of the file (`@closes.musts`).
    pub closing: bool,
    /// The feature with this rule and this scenario alone, as cucumber takes it.
    pub feature: gherkin::Feature,
}

impl Case {
    /// Whether the requirement is about what a route accepts (`@accepts.login`): nothing is proven
    /// by it on a target that refuses nothing there.
    pub fn accepts(&self, route: &str) -> bool {
        let mut tags = self.tags.iter();
        tags.any(|tag| tag.strip_prefix("accepts.") == Some(route))
    }

    /// The scenario itself.
    pub(super) fn scenario(&self) -> Option<&gherkin::Scenario> {
        self.feature.rules.first()?.scenarios.first()
    }

    /// The steps in the order of their execution: the feature's background, the rule's, its own.
    pub fn steps(&self) -> impl Iterator<Item = &gherkin::Step> {
        let rule = self.feature.rules.first();
        let background = self.feature.background.iter();
        background
            .chain(rule.and_then(|rule| rule.background.as_ref()))
            .flat_map(|background| &background.steps)
            .chain(self.scenario().into_iter().flat_map(|own| &own.steps))
    }
}

/// A step as people read it: its sentence, and below it its doc string or its table.
pub fn lines(step: &gherkin::Step) -> Vec<String> {
    let doc = step.docstring.iter().flat_map(|doc| doc.trim().lines());
    let rows = step.table.iter().flat_map(|table| &table.rows);
    std::iter::once(format!("{}{}", step.keyword, step.value))
        .chain(doc.map(|line| format!("    {line}")))
        .chain(rows.map(|row| format!("    | {} |", row.join(" | "))))
        .collect()
}
