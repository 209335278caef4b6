//! All targets side by side: requirements against targets.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Serialize;

use super::{Earned, Graded, Points, Score};
use crate::{
    report::json::{self, Judged, Report},
    suite::Level,
    verdict::{ExitStatus, Verdict},
};

/// The version of the comparison's form.
pub(super) const FORMAT_VERSION: u32 = 1;

/// A grading as a whole.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The version of this form: 1.
    pub format_version: u32,
    /// Whether `should` counts in the scores.
    pub strict: bool,
    /// Every requirement of the suite.
    pub requirements: Vec<Column>,
    /// The tasks that requirements cite, in order.
    pub tasks: Vec<u8>,
    /// The targets, the best first.
    pub targets: Vec<Row>,
}

/// One requirement.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Its id.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// The tasks that it comes from.
    pub tasks: Vec<u8>,
    /// Its sentence.
    pub title: String,
}

/// One target.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// `conforms`, `does-not-conform`, `incomplete` or `not-judged`.
    pub verdict: String,
    /// What its run ended with; null where it had to be killed.
    pub exit_status: Option<i32>,
    /// How long it took.
    pub seconds: f64,
    /// Of all that counts.
    pub score: Score,
    /// The same in whole percent; null where nothing could be judged.
    pub percent: Option<usize>,
    /// Its points, where points are given.
    pub points: Option<Earned>,
    /// The score of each task, by its number.
    pub tasks: BTreeMap<u8, Score>,
    /// The verdict on each requirement, in the order of the requirements; empty without a report.
    pub verdicts: Vec<Verdict>,
    /// Its report, beside the comparison; null without one.
    pub report: Option<String>,
    /// Why it could not be judged, or not all of it.
    pub note: Option<String>,
}

impl Comparison {
    /// The comparison of what a folder's reports say of these targets.
    pub fn of(folder: &Path, graded: &[Graded], strict: bool, points: Option<&Points>) -> Self {
        let mut comparison = Self {
            format_version: FORMAT_VERSION,
            strict,
            requirements: Vec::new(),
            tasks: Vec::new(),
            targets: Vec::new(),
        };
        for one in graded {
            let mut row = Row {
                name: one.name.clone(),
                verdict: "not-judged".to_owned(),
                exit_status: one.exit_status,
                seconds: one.seconds,
                note: one.note.clone(),
                ..Row::default()
            };
            if let Ok(report) = json::read(&folder.join(format!("{}.json", one.stem()))) {
                comparison.head(&report);
                comparison.judge(&mut row, &report);
                row.points = points.map(|points| points.earned(&report.requirements, strict));
                row.report = Some(format!("{}.html", one.stem()));
            }
            comparison.targets.push(row);
        }
        if points.is_some() {
            comparison.give_nothing();
        }
        comparison.targets.sort_by(|one, other| {
            let rank = |row: &Row| (row.percent, row.score.pass);
            rank(other)
                .cmp(&rank(one))
                .then_with(|| one.name.cmp(&other.name))
        });
        comparison
    }

    /// Who could not be judged has no points, of those that everybody can have.
    fn give_nothing(&mut self) {
        let of = self.targets.iter().filter_map(|row| row.points);
        let of = of.map(|earned| earned.of).fold(0.0, f64::max);
        for row in &mut self.targets {
            row.points.get_or_insert(Earned { points: 0.0, of });
        }
    }

    /// The columns are those of the first report.
    fn head(&mut self, report: &Report) {
        if self.requirements.is_empty() {
            self.requirements = report.requirements.iter().map(column).collect();
            let tasks = self.requirements.iter().flat_map(|column| &column.tasks);
            let tasks: BTreeSet<u8> = tasks.copied().collect();
            self.tasks = tasks.into_iter().collect();
        }
    }

    fn judge(&self, row: &mut Row, report: &Report) {
        let counting = || {
            report
                .requirements
                .iter()
                .filter(|judged| judged.requirement.level.counts(report.strict))
        };
        row.score = Score::of(counting().map(|judged| judged.verdict));
        row.percent = row.score.percent();
        row.tasks = self
            .tasks
            .iter()
            .map(|task| {
                let of_task = counting().filter(|judged| judged.requirement.tasks.contains(task));
                (*task, Score::of(of_task.map(|judged| judged.verdict)))
            })
            .collect();
        if row.score.judged() > 0 {
            report.verdict.as_str().clone_into(&mut row.verdict);
        }
        row.verdicts = report.requirements.iter().map(|r| r.verdict).collect();
        if row.note.is_none() {
            row.note.clone_from(&report.ending.detail);
        }
    }

    /// Whether points are given.
    pub(super) fn has_points(&self) -> bool {
        self.targets.iter().any(|row| row.points.is_some())
    }

    /// The ids of what counts and fails.
    pub(super) fn failing<'a>(&'a self, row: &Row) -> Vec<&'a str> {
        let columns = self.requirements.iter().zip(&row.verdicts);
        columns
            .filter(|(column, verdict)| {
                column.level.counts(self.strict) && **verdict == Verdict::Fail
            })
            .map(|(column, _)| column.id.as_str())
            .collect()
    }

    /// Whether everything conforms, something does not, or something could not be judged.
    pub fn exit_status(&self) -> ExitStatus {
        let any = |verdict: &str| self.targets.iter().any(|row| row.verdict == verdict);
        if self.targets.iter().any(|row| row.exit_status == Some(70)) {
            ExitStatus::Defect
        } else if any("does-not-conform") {
            ExitStatus::Fails
        } else if any("incomplete") || any("not-judged") {
            ExitStatus::Incomplete
        } else {
            ExitStatus::Conforms
        }
    }
}

fn column(judged: &Judged) -> Column {
    let requirement = &judged.requirement;
    Column {
        id: requirement.id.clone(),
        level: requirement.level,
        tasks: requirement.tasks.clone(),
        title: requirement.title.clone(),
    }
}
