//! The requirements as a page, for whoever reads before she begins: one page that works offline.
//!
//! Everything on it is from the features and from a run of them against the reference server, so
//! what it tells is what the suite judges by.

mod prose;

use askama::Template;

use super::assets::Assets;
use crate::{
    report::overview::counted,
    run::{Outcome, Run},
    suite::{Catalogue, Level, Requirement},
};
use prose::{Asked, ScenarioView};

/// The page of a catalogue and of its run against the reference server; `None` where the run does
/// not hold, and so tells nothing that could be learnt from.
#[expect(
    clippy::missing_panics_doc,
    reason = "the template only formats: it never panics"
)]
pub fn render(catalogue: &Catalogue, run: &Run) -> Option<String> {
    let holds = |outcome: &Outcome| matches!(outcome, Outcome::Passed);
    if !run.scenarios.iter().all(|one| holds(&one.outcome)) {
        return None;
    }
    let page = Page {
        assets: Assets::new(
            include_str!("../../templates/docs/style.css"),
            include_str!("../../templates/docs/script.js"),
        ),
        suite: format!("{} {}", run.suite.name, run.suite.version),
        digest: &catalogue.digest,
        levels: Level::ALL.map(|level| {
            let count = catalogue.requirements.iter().filter(|r| r.level == level);
            (level, count.count())
        }),
        scenarios: counted(catalogue.cases.len() as u64, "scenario"),
        areas: areas(catalogue, run),
    };
    Some(page.render().expect("memory takes all text"))
}

#[derive(Template)]
#[template(path = "docs/page.html")]
struct Page<'a> {
    assets: Assets,
    suite: String,
    digest: &'a str,
    levels: [(Level, usize); 3],
    scenarios: String,
    areas: Vec<AreaView<'a>>,
}

/// One feature.
struct AreaView<'a> {
    title: &'a str,
    about: Vec<String>,
    requirements: Vec<RequirementView<'a>>,
}

/// One requirement.
struct RequirementView<'a> {
    requirement: &'a Requirement,
    tasks: String,
    /// How to send what it is about, and what the reference server answers.
    asked: Option<Asked>,
    scenarios: Vec<ScenarioView<'a>>,
}

fn areas<'a>(catalogue: &'a Catalogue, run: &'a Run) -> Vec<AreaView<'a>> {
    let by_area = catalogue
        .requirements
        .chunk_by(|one, next| one.area == next.area);
    by_area
        .map(|requirements| AreaView {
            title: &requirements[0].area,
            about: about(catalogue, &requirements[0]),
            requirements: requirements
                .iter()
                .map(|requirement| RequirementView {
                    requirement,
                    tasks: requirement
                        .source()
                        .unwrap_or_else(|| "the document is silent".to_owned()),
                    asked: run.scenarios_of(&requirement.id).find_map(Asked::of),
                    scenarios: prose::scenarios(catalogue.cases_of(&requirement.id)),
                })
                .collect(),
        })
        .collect()
}

/// What a feature says of itself, in paragraphs.
fn about(catalogue: &Catalogue, requirement: &Requirement) -> Vec<String> {
    let text = catalogue
        .cases_of(&requirement.id)
        .find_map(|case| case.feature.description.as_deref())
        .unwrap_or_default();
    let paragraph = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("\n\n")
        .map(paragraph)
        .filter(|text| !text.is_empty())
        .collect()
}
