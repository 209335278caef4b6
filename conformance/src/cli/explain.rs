//! `authspec explain ID`: one requirement and how it is checked, without sending anything.

use std::fmt::Write as _;

use super::{
    args::ExplainArgs,
    output::{self, Ended, wrong},
    settings,
};
use crate::{
    model::{self, Coverage},
    proof::{faults, freedoms},
    report::terminal::paint::BOLD,
    suite::{Case, Catalogue, Level, Requirement, Risk, lines, selection::Selection},
    verdict::ExitStatus,
};

pub(super) fn explain(args: &ExplainArgs) -> Ended {
    let catalogue = settings::catalogue(args.features.as_deref()).map_err(wrong)?;
    let Some(requirement) = catalogue.requirement(&args.id) else {
        // The selection knows what the id may have been meant to be.
        let selection = Selection {
            requirements: vec![args.id.clone()],
            ..Selection::default()
        };
        if let Err(error) = selection.of(&catalogue) {
            output::error(&error.to_string());
        }
        return Err(ExitStatus::Usage);
    };
    output::print(&text(&catalogue, requirement));
    Ok(ExitStatus::Conforms)
}

fn text(catalogue: &Catalogue, requirement: &Requirement) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{BOLD}{}{BOLD:#} {}",
        requirement.id, requirement.title
    );
    if let Some(description) = &requirement.description {
        let _ = writeln!(text, "\n{description}");
    }
    let _ = writeln!(
        text,
        "\nlevel   {}, {}",
        requirement.level,
        meaning(requirement.level)
    );
    let _ = writeln!(
        text,
        "source  {}",
        requirement
            .source()
            .unwrap_or_else(|| "none: the document is silent".to_owned())
    );
    let _ = writeln!(text, "defined {}", requirement.location);
    for case in catalogue.cases_of(&requirement.id) {
        scenario(&mut text, case);
    }
    if catalogue.cases_of(&requirement.id).any(|case| case.closing) {
        walked(&mut text);
    }
    proven(&mut text, requirement);
    let _ = writeln!(
        text,
        "\nTo run it alone: authspec --requirement {} --verbose",
        requirement.id
    );
    text
}

/// What shows that the requirement can fail, and where it may fail without blame.
fn proven(text: &mut String, requirement: &Requirement) {
    let faults = faults::caught_by(&requirement.id);
    if !faults.is_empty() {
        let _ = writeln!(text, "\n{BOLD}Faults that it catches{BOLD:#}");
    }
    for fault in faults {
        let _ = writeln!(text, "  {}\n      {}", fault.id, fault.sentence);
    }
    let freedoms = freedoms::touching(&requirement.id);
    if !freedoms.is_empty() {
        let _ = writeln!(
            text,
            "\n{BOLD}Servers that fail it and keep the document{BOLD:#}"
        );
    }
    for freedom in freedoms {
        let _ = writeln!(text, "  {}\n      {}", freedom.id, freedom.sentence);
    }
}

/// What the histories of a run take of the document.
fn walked(text: &mut String) {
    let _ = writeln!(text, "\n{BOLD}What the histories take{BOLD:#}");
    for history in model::chosen() {
        let _ = writeln!(
            text,
            "  {:<46} {:>3} calls, {:>2} of them hash a password",
            history.title,
            history.steps.len(),
            history.hash_operations()
        );
    }
    let (taken, all) = (Coverage::of(model::chosen()), model::reachable());
    let _ = writeln!(
        text,
        "  of the document's cases {} of {}, with somebody's cookie or none {} of {}, of the pairs of cases that\n  \
         touch one user in turn {} of {} (those that there are were counted on free histories of the model)",
        taken.transitions.intersection(&all.transitions).count(),
        all.transitions.len(),
        taken.variants.intersection(&all.variants).count(),
        all.variants.len(),
        taken.pairs.intersection(&all.pairs).count(),
        all.pairs.len()
    );
}

fn meaning(level: Level) -> &'static str {
    match level {
        Level::Must => "stated by the document; always counts",
        Level::Should => "the document is silent, a careful server does it; counts with --strict",
        Level::May => "advice; never counts",
    }
}

fn scenario(text: &mut String, case: &Case) {
    let _ = writeln!(text, "\n{BOLD}{}{BOLD:#}  {}", case.name, case.location);
    if case.risk != Risk::None {
        let _ = writeln!(text, "  (runs after everything that the document states)");
    }
    for line in case.steps().flat_map(lines) {
        let _ = writeln!(text, "  {line}");
    }
}
