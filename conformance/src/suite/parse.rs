//! From the text of a feature to its requirements and cases.

use cucumber::{feature::Ext as _, gherkin};

use super::{Case, FeatureText, Risk, error::Problem, tags};
use crate::suite::{Level, Location, Requirement};

/// Parses one file into what it states and what proves that; on failure everything that is wrong
/// with it.
pub(super) fn feature(source: &FeatureText) -> Result<(Vec<Requirement>, Vec<Case>), Vec<Problem>> {
    let at = |line| Location {
        file: source.name.clone(),
        line,
    };
    let written = gherkin::Feature::parse(&source.text, gherkin::GherkinEnv::default())
        .map_err(|error| vec![not_gherkin(source, &error)])?;
    let mut problems = stray_scenarios(&written, &at);
    problems.extend(tags::unknown(&written, &at));
    let mut expanded = written.clone().expand_examples().map_err(|error| {
        vec![Problem::new(
            at(error.pos.line),
            format!(
                "the placeholder <{}> has no column in the examples",
                error.name
            ),
        )]
    })?;
    expanded.path = Some(source.name.clone().into());

    let mut requirements = Vec::new();
    let mut cases = Vec::new();
    for (rule, written_rule) in expanded.rules.iter().zip(&written.rules) {
        let requirement = match requirement(&expanded, rule, at(rule.position.line)) {
            Ok(requirement) => requirement,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let lines = written_rule
            .scenarios
            .iter()
            .flat_map(|scenario| lines_of(scenario, source));
        for (scenario, line) in rule.scenarios.iter().zip(lines) {
            cases.push(case(&expanded, rule, scenario, &requirement, at(line)));
        }
        requirements.push(requirement);
    }
    if problems.is_empty() {
        Ok((requirements, cases))
    } else {
        Err(problems)
    }
}

fn not_gherkin(source: &FeatureText, error: &gherkin::ParseError) -> Problem {
    // The fields of the error are private; its text begins with the position.
    let text = error.to_string();
    let line: usize = text
        .split(|c: char| !c.is_ascii_digit())
        .find_map(|number| number.parse().ok())
        .unwrap_or(1);
    // The grammar reports where it gave up, which is after the line that it could not read.
    let quoted = source
        .text
        .lines()
        .enumerate()
        .skip(line.saturating_sub(2))
        .find(|(_, content)| !content.trim().is_empty())
        .map(|(number, content)| format!(" near line {}: {:?}", number + 1, content.trim()))
        .unwrap_or_default();
    Problem::new(
        Location {
            file: source.name.clone(),
            line,
        },
        format!("this is no Gherkin{quoted}"),
    )
}

/// Scenarios outside a rule prove no requirement.
fn stray_scenarios(feature: &gherkin::Feature, at: &impl Fn(usize) -> Location) -> Vec<Problem> {
    let mut problems: Vec<Problem> = feature
        .scenarios
        .iter()
        .map(|scenario| {
            Problem::new(
                at(scenario.position.line),
                format!(
                    "the scenario {:?} stands outside a rule: put it under the requirement that it proves",
                    scenario.name
                ),
            )
        })
        .collect();
    if feature.rules.is_empty() {
        problems.push(Problem::new(
            at(feature.position.line),
            "the feature has no rule, so it states no requirement",
        ));
    }
    problems
}

fn requirement(
    feature: &gherkin::Feature,
    rule: &gherkin::Rule,
    location: Location,
) -> Result<Requirement, Problem> {
    let problem = |text: String| Problem::new(location.clone(), text);
    let ids: Vec<&String> = rule.tags.iter().filter(|tag| tags::is_id(tag)).collect();
    let levels: Vec<Level> = rule
        .tags
        .iter()
        .filter_map(|tag| tag.parse().ok())
        .collect();
    let [id] = ids.as_slice() else {
        return Err(problem(format!(
            "the rule {:?} needs exactly one id such as @LOGIN-4, and has {}",
            rule.name,
            ids.len()
        )));
    };
    let [level] = levels.as_slice() else {
        return Err(problem(format!(
            "the rule {:?} needs exactly one of @must, @should and @may",
            rule.name
        )));
    };
    let mut tasks = Vec::new();
    for tag in rule.tags.iter().filter_map(|tag| tag.strip_prefix("task-")) {
        match tag.parse() {
            Ok(task @ 0..=20) => tasks.push(task),
            _ => {
                return Err(problem(format!(
                    "@task-{tag} names no task: they are numbered 0 to 20"
                )));
            }
        }
    }
    Ok(Requirement {
        id: (*id).clone(),
        level: *level,
        tasks,
        title: rule.name.trim().to_owned(),
        description: rule.description.as_deref().map(unindent),
        area: area(feature),
        location,
    })
}

/// The areas are the `@area.` tags, so that two files may share one; their titles are the words.
fn area(feature: &gherkin::Feature) -> String {
    feature
        .tags
        .iter()
        .find_map(|tag| tag.strip_prefix("area."))
        .map_or_else(|| feature.name.trim().to_owned(), str::to_owned)
}

fn unindent(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    lines.join(" ")
}

/// The lines of the cases that a scenario makes: its own, or those of its rows. Counted in the
/// text, because a comment between rows would shift what the expansion says.
fn lines_of(scenario: &gherkin::Scenario, source: &FeatureText) -> Vec<usize> {
    if scenario.examples.is_empty() {
        return vec![scenario.position.line];
    }
    scenario
        .examples
        .iter()
        .flat_map(|examples| {
            let rows = examples.table.as_ref().map_or(0, |table| table.rows.len());
            source
                .text
                .lines()
                .enumerate()
                .skip(examples.position.line)
                .filter(|(_, line)| line.trim_start().starts_with('|'))
                .map(|(number, _)| number + 1)
                .take(rows)
                .skip(1)
        })
        .collect()
}

fn case(
    feature: &gherkin::Feature,
    rule: &gherkin::Rule,
    scenario: &gherkin::Scenario,
    requirement: &Requirement,
    location: Location,
) -> Case {
    let tags: Vec<String> = [&feature.tags, &rule.tags, &scenario.tags]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let mut scenario = scenario.clone();
    // From here on the line is the row's own, and so tells the rows of an outline apart.
    scenario.position.line = location.line;
    let name = scenario.name.trim().to_owned();
    let alone = gherkin::Feature {
        scenarios: Vec::new(),
        rules: vec![gherkin::Rule {
            scenarios: vec![scenario],
            ..rule.clone()
        }],
        ..feature.clone()
    };
    Case {
        number: 0,
        requirement: requirement.id.clone(),
        level: requirement.level,
        tasks: requirement.tasks.clone(),
        name,
        location,
        risk: Risk::from_tags(&tags),
        closing: tags.iter().any(|tag| tag == "closes.musts"),
        fresh_start: tags.iter().any(|tag| tag == "needs.fresh-start"),
        tags,
        feature: alone,
    }
}
