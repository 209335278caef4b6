//! `authspec list`: the requirements, without sending anything.

use std::fmt::Write as _;

use serde_json::json;

use super::{
    args::ListArgs,
    output::{self, Ended},
    settings::{self, SettingsError},
};
use crate::{
    suite::{Catalogue, Requirement},
    verdict::ExitStatus,
};

pub(super) fn list(args: &ListArgs) -> Ended {
    let (catalogue, selected) = settings::select(&args.select).map_err(SettingsError::told)?;
    let chosen: Vec<&Requirement> = catalogue
        .requirements
        .iter()
        .filter(|requirement| {
            selected
                .iter()
                .any(|number| catalogue.cases[*number].requirement == requirement.id)
        })
        .collect();
    output::print(&if args.json {
        as_json(&catalogue, &chosen)
    } else {
        as_table(&catalogue, &chosen)
    });
    Ok(ExitStatus::Conforms)
}

fn as_table(catalogue: &Catalogue, requirements: &[&Requirement]) -> String {
    let mut text = String::new();
    let mut area = "";
    for requirement in requirements {
        if requirement.area != area {
            area = &requirement.area;
            let _ = writeln!(text, "{}{area}", if text.is_empty() { "" } else { "\n" });
        }
        let tasks: Vec<String> = requirement.tasks.iter().map(u8::to_string).collect();
        let _ = writeln!(
            text,
            "  {:<10} {:<7} {:<9} {}",
            requirement.id,
            requirement.level,
            if tasks.is_empty() {
                "-".to_owned()
            } else {
                tasks.join(", ")
            },
            requirement.title
        );
    }
    let scenarios: usize = requirements
        .iter()
        .map(|requirement| catalogue.cases_of(&requirement.id).count())
        .sum();
    let _ = writeln!(
        text,
        "\n{} requirements, {scenarios} scenarios. `authspec explain ID` tells how one is checked.",
        requirements.len()
    );
    text
}

fn as_json(catalogue: &Catalogue, requirements: &[&Requirement]) -> String {
    let list: Vec<_> = requirements
        .iter()
        .map(|requirement| {
            let scenarios: Vec<_> = catalogue
                .cases_of(&requirement.id)
                .map(|case| json!({"name": case.name, "location": case.location.to_string()}))
                .collect();
            json!({
                "id": requirement.id,
                "level": requirement.level,
                "tasks": requirement.tasks,
                "area": requirement.area,
                "title": requirement.title,
                "location": requirement.location.to_string(),
                "scenarios": scenarios,
            })
        })
        .collect();
    format!("{:#}\n", json!({"requirements": list}))
}
