//! What stands on the page, from top to bottom.

use std::collections::BTreeSet;

use super::subject::{Link, SubjectView};
use crate::{
    http::{timestamp::rfc3339, visible::one_line},
    report::overview::{Area, Concern, Overview, Standing, Subject, counted},
    run::Run,
    suite::Level,
    verdict::{self, Totals, Verdict},
};

/// The page's content.
pub(super) struct Page<'a> {
    /// The class that gives the page its colour.
    pub(super) standing: &'static str,
    pub(super) headline: String,
    pub(super) cut_short: Option<String>,
    pub(super) target: &'a str,
    pub(super) facts: Vec<Fact>,
    pub(super) levels: Vec<LevelRow>,
    pub(super) stale: Vec<String>,
    pub(super) concerns: Vec<ConcernList<'a>>,
    pub(super) areas: Vec<AreaView<'a>>,
    pub(super) tasks: Vec<TaskRow<'a>>,
    /// What a target that the runner started printed.
    pub(super) output: Option<&'a str>,
}

/// One thing to know about the run.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// The totals of one level.
pub(super) struct LevelRow {
    pub(super) level: Level,
    pub(super) counts: bool,
    pub(super) totals: Totals,
}

/// Requirements that need attention, for the list at the top.
pub(super) struct ConcernList<'a> {
    pub(super) heading: &'static str,
    pub(super) links: Vec<Link<'a>>,
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
    pub(super) links: Vec<Link<'a>>,
}

impl<'a> Page<'a> {
    pub(super) fn of(overview: &Overview<'a>, reference: Option<&Run>) -> Self {
        let run = overview.run;
        Self {
            standing: class(overview.standing()),
            headline: overview.headline(),
            cut_short: overview.cut_short(),
            target: &run.target.url,
            facts: facts(overview),
            levels: Level::ALL
                .into_iter()
                .map(|level| LevelRow {
                    level,
                    counts: level.counts(run.strict),
                    totals: verdict::totals(run, level),
                })
                .collect(),
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

fn facts(overview: &Overview<'_>) -> Vec<Fact> {
    let run = overview.run;
    let mut facts = Vec::new();
    let mut fact = |name, value: String| facts.push(Fact { name, value });
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

fn links<'a>(
    subjects: impl Iterator<Item = Subject<'a>>,
    wanted: impl Fn(&Subject<'a>) -> bool,
) -> Vec<Link<'a>> {
    let wanted = subjects.filter(wanted);
    wanted.map(|subject| Link::to(&subject)).collect()
}

fn concerns<'a>(overview: &Overview<'a>) -> Vec<ConcernList<'a>> {
    Concern::ALL
        .into_iter()
        .map(|concern| ConcernList {
            heading: concern.heading(),
            links: links(overview.subjects(), |s| s.concern() == Some(concern)),
        })
        .filter(|list| !list.links.is_empty())
        .collect()
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
        let links = links(overview.subjects(), |s| {
            s.requirement.tasks.contains(&number)
        });
        let hold = links.iter().filter(|link| link.verdict == Verdict::Pass);
        TaskRow {
            number,
            pass: hold.count(),
            links,
        }
    };
    numbers.into_iter().map(row).collect()
}
