//! What stands on the page, from top to bottom.

use std::collections::BTreeSet;

use askama::Template;

use super::subject::SubjectView;
use crate::{
    http::{timestamp::rfc3339, visible::one_line},
    report::{
        assets::Assets,
        overview::{Area, Concern, Overview, Standing, Subject, counted},
    },
    run::Run,
    suite::Level,
    verdict::{self, Totals, Verdict},
};

/// The page.
#[derive(Template)]
#[template(path = "report/page.html")]
pub(super) struct Page<'a> {
    assets: Assets,
    /// The class that gives the page its colour.
    standing: &'static str,
    headline: String,
    cut_short: Option<String>,
    target: &'a str,
    /// What to know about the run, each with its name.
    facts: Vec<(&'static str, String)>,
    /// The totals of each level, and whether it counts.
    levels: [(Level, bool, Totals); 3],
    stale: Vec<String>,
    /// What needs attention, for the list at the top.
    concerns: Vec<(&'static str, Vec<Subject<'a>>)>,
    areas: Vec<AreaView<'a>>,
    tasks: Vec<TaskRow<'a>>,
    /// What a target that the runner started printed.
    output: Option<&'a str>,
}

/// One feature's requirements.
pub(super) struct AreaView<'a> {
    pub(super) title: &'a str,
    pub(super) totals: Totals,
    pub(super) subjects: Vec<SubjectView<'a>>,
}

/// One task of the document, with the requirements that come from it.
pub(super) struct TaskRow<'a> {
    pub(super) number: u8,
    pub(super) pass: usize,
    pub(super) subjects: Vec<Subject<'a>>,
}

impl<'a> Page<'a> {
    pub(super) fn of(overview: &Overview<'a>, reference: Option<&Run>) -> Self {
        let run = overview.run;
        Self {
            assets: Assets::new(
                include_str!("../../../templates/report/style.css"),
                include_str!("../../../templates/report/script.js"),
            ),
            standing: class(overview.standing()),
            headline: overview.headline(),
            cut_short: overview.cut_short(),
            target: &run.target.url,
            facts: facts(overview),
            levels: Level::ALL
                .map(|level| (level, level.counts(run.strict), verdict::totals(run, level))),
            stale: overview
                .baseline
                .stale
                .iter()
                .map(ToString::to_string)
                .collect(),
            concerns: concerns(overview),
            areas: areas(overview, reference),
            tasks: tasks(overview),
            output: run.target.output.as_deref(),
        }
    }
}

fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Conforms => "good",
        Standing::Partly | Standing::Unreachable | Standing::Defect => "plain",
        Standing::Known | Standing::Stale | Standing::Incomplete => "warn",
        Standing::Fails => "bad",
    }
}

fn facts(overview: &Overview<'_>) -> Vec<(&'static str, String)> {
    let run = overview.run;
    let mut facts = Vec::new();
    let mut fact = |name, value: String| facts.push((name, value));
    if run.target.description != run.target.url {
        fact("Target", run.target.description.clone());
    }
    if let Some(server) = &run.target.server {
        fact("Server", one_line(server, 120));
    }
    let started = rfc3339(run.started);
    fact(
        "Started",
        format!("{} {} UTC", &started[..10], &started[11..19]),
    );
    fact("Duration", format!("{:.1} s", run.duration.as_secs_f64()));
    fact(
        "Sent",
        format!(
            "{}, {} of them to be hashed for",
            counted(run.counts.requests, "request"),
            run.counts.hash_operations()
        ),
    );
    fact("Suite", format!("{} {}", run.suite.name, run.suite.version));
    fact("Seed", run.seed.to_string());
    fact("What counts", overview.levels().to_owned());
    let status = overview.baseline.exit_status(run);
    fact("Exit status", status.code().to_string());
    facts
}

fn concerns<'a>(overview: &Overview<'a>) -> Vec<(&'static str, Vec<Subject<'a>>)> {
    let concerned = |(concern, heading)| {
        let subjects = overview.subjects();
        let of_it = subjects.filter(|subject| subject.concern() == Some(concern));
        (heading, of_it.collect::<Vec<_>>())
    };
    let lists = Concern::ALL.into_iter().map(concerned);
    lists.filter(|(_, subjects)| !subjects.is_empty()).collect()
}

fn areas<'a>(overview: &Overview<'a>, reference: Option<&Run>) -> Vec<AreaView<'a>> {
    let view = |area: Area<'a>| AreaView {
        title: area.title,
        totals: area.subjects.iter().map(|s| s.verdict).collect(),
        subjects: (area.subjects.into_iter())
            .map(|subject| SubjectView::of(subject, reference))
            .collect(),
    };
    overview.areas().into_iter().map(view).collect()
}

fn tasks<'a>(overview: &Overview<'a>) -> Vec<TaskRow<'a>> {
    let requirements = overview.run.requirements.iter();
    let numbers: BTreeSet<u8> = requirements.flat_map(|r| r.tasks.iter().copied()).collect();
    let row = |number| {
        let subjects = overview.subjects();
        let of_task = subjects.filter(|subject| subject.requirement.tasks.contains(&number));
        let subjects: Vec<_> = of_task.collect();
        let hold = subjects.iter().filter(|one| one.verdict == Verdict::Pass);
        TaskRow {
            number,
            pass: hold.count(),
            subjects,
        }
    };
    numbers.into_iter().map(row).collect()
}
