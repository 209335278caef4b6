//! Two JSON reports side by side: what was fixed, what was broken, what is new.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;

use crate::{
    http::visible::{one_line, visible},
    report::json::{Judged, Report},
    suite::Level,
    verdict::{ExitStatus, Verdict},
};

/// What became of a requirement between two reports.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It passed and fails.
    Broken,
    /// It passed and could not be judged any more.
    Lost,
    /// It fails, and the old report has no verdict on it.
    NewFailure,
    /// It did not pass, and passes.
    Fixed,
    /// It passes, and the old report has no verdict on it.
    New,
    /// It failed and fails.
    StillFailing,
    /// The new report's suite does not have it.
    Gone,
}

impl Change {
    /// All of them with their headings, the gravest first.
    const ALL: [(Self, &str); 7] = [
        (Self::Broken, "Broken"),
        (Self::Lost, "Passed, and could not be judged now"),
        (Self::NewFailure, "Fails, and was not judged before"),
        (Self::Fixed, "Fixed"),
        (Self::New, "Passes, and was not judged before"),
        (Self::StillFailing, "Still fails"),
        (Self::Gone, "No longer in the suite"),
    ];

    /// What became of it, if anything did.
    pub fn between(old: Option<Verdict>, new: Option<Verdict>) -> Option<Self> {
        use Verdict::{Fail, Incomplete, NotRun, Pass};
        match (old, new) {
            (Some(_), None) => Some(Self::Gone),
            (Some(Pass), Some(Fail)) => Some(Self::Broken),
            (Some(Pass), Some(Incomplete)) => Some(Self::Lost),
            (Some(Fail), Some(Fail)) => Some(Self::StillFailing),
            (_, Some(Fail)) => Some(Self::NewFailure),
            (Some(Fail | Incomplete), Some(Pass)) => Some(Self::Fixed),
            (None | Some(NotRun), Some(Pass)) => Some(Self::New),
            (Some(Pass), Some(Pass)) | (_, Some(Incomplete | NotRun)) | (None, None) => None,
        }
    }
}

/// A requirement whose standing changed, or that fails on.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Changed {
    /// Its id.
    pub id: String,
    /// Its level.
    pub level: Level,
    /// Its sentence.
    pub title: String,
    /// What became of it.
    pub change: Change,
    /// What the new report says of the first scenario that does not pass.
    pub why: Option<String>,
}

/// Two reports side by side.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Comparison {
    /// What to know before reading on: the two were not made alike.
    pub notes: Vec<String>,
    /// What changed, the gravest first, each in the order of the features.
    pub changes: Vec<Changed>,
}

impl Comparison {
    /// Compares two reports.
    pub fn of(old: &Report, new: &Report) -> Self {
        let verdicts = |report: &Report| -> BTreeMap<String, Verdict> {
            let judged = report.requirements.iter();
            judged
                .map(|one| (one.requirement.id.clone(), one.verdict))
                .collect()
        };
        let (before, after) = (verdicts(old), verdicts(new));
        let mut changes: Vec<Changed> = new
            .requirements
            .iter()
            .filter_map(|judged| {
                let old = before.get(&judged.requirement.id).copied();
                Some(changed(judged, Change::between(old, Some(judged.verdict))?))
            })
            .chain(
                old.requirements
                    .iter()
                    .filter(|judged| !after.contains_key(&judged.requirement.id))
                    .map(|judged| changed(judged, Change::Gone)),
            )
            .collect();
        changes.sort_by_key(|changed| changed.change);
        Self {
            notes: notes(old, new),
            changes,
        }
    }

    /// 1 where something is broken, 6 where something that passed could not be judged, 0
    /// otherwise.
    pub fn exit_status(&self) -> ExitStatus {
        let any = |change| self.changes.iter().any(|changed| changed.change == change);
        if any(Change::Broken) {
            ExitStatus::Fails
        } else if any(Change::Lost) {
            ExitStatus::Incomplete
        } else {
            ExitStatus::Conforms
        }
    }

    /// The comparison as text for people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for note in &self.notes {
            let _ = writeln!(text, "Note: {}", visible(note));
        }
        let of = |change| self.changes.iter().filter(move |c| c.change == change);
        let count = |change| of(change).count();
        let found = Change::ALL
            .into_iter()
            .filter(|(change, _)| count(*change) > 0);
        for (change, heading) in found {
            let _ = writeln!(text, "{heading} ({})", count(change));
            for changed in of(change) {
                let Changed {
                    id, level, title, ..
                } = changed;
                let id = visible(id);
                let _ = writeln!(text, "  {id:<11} {level:<6} {}", visible(title));
                if let Some(why) = &changed.why {
                    let _ = writeln!(text, "  {:<18} {why}", "");
                }
            }
        }
        let _ = writeln!(
            text,
            "{} broken, {} fixed, {} new, {} still failing",
            count(Change::Broken),
            count(Change::Fixed),
            count(Change::New) + count(Change::NewFailure),
            count(Change::StillFailing),
        );
        text
    }
}

fn changed(judged: &Judged, change: Change) -> Changed {
    const LONGEST: usize = 160;
    let why = judged.scenarios.iter().find_map(|scenario| {
        let line = match (&scenario.failure, &scenario.obstacle) {
            (Some(failure), _) => match failure.mismatches.first() {
                Some(mismatch) => mismatch.to_string(),
                None => failure.step.clone(),
            },
            (None, obstacle) => obstacle.as_ref()?.cause.clone(),
        };
        Some(one_line(&format!("{}: {line}", scenario.location), LONGEST))
    });
    let requirement = &judged.requirement;
    Changed {
        id: requirement.id.clone(),
        level: requirement.level,
        title: requirement.title.clone(),
        change,
        why: why.filter(|_| change != Change::Gone),
    }
}

fn notes(old: &Report, new: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    if old.suite.digest != new.suite.digest {
        notes.push(format!(
            "the features differ ({} {} and {} {}): a change may be the suite's",
            old.suite.name, old.suite.version, new.suite.name, new.suite.version
        ));
    }
    for (which, report) in [("old", old), ("new", new)] {
        if report.ending.kind != "finished" {
            notes.push(format!(
                "the {which} run was cut short ({})",
                visible(&report.ending.kind)
            ));
        }
    }
    notes
}
