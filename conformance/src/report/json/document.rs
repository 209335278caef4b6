//! The report from the outside: the run, its verdict, its requirements.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{FORMAT_VERSION, ScenarioEntry};
use crate::{
    baseline::{Judgement, Word},
    requirement::{Level, Requirement},
    run::{Ending, Run},
    timestamp::rfc3339,
    verdict::{self, RunVerdict, Totals, Verdict},
};

/// The whole report.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Document {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Which suite judged.
    pub suite: SuiteEntry,
    /// What was judged.
    pub target: TargetEntry,
    /// What the run's emails and passwords were made from.
    pub seed: u64,
    /// When the run began: RFC 3339, in UTC.
    pub started: String,
    /// How long it took.
    pub duration_seconds: f64,
    /// Whether `should` counted.
    pub strict: bool,
    /// How it came to its end.
    pub ending: EndingEntry,
    /// What the record says, whatever a baseline excuses.
    pub verdict: RunVerdict,
    /// What the process ends with, a baseline's say included.
    pub exit_status: u8,
    /// How many requirements of each level have which verdict.
    pub totals: TotalsByLevel,
    /// What was sent.
    pub counts: CountsEntry,
    /// What the baseline makes of it; null without one.
    pub baseline: Option<BaselineSection>,
    /// Every requirement of the suite, whatever was selected or reached.
    pub requirements: Vec<RequirementEntry>,
}

/// Which suite judged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SuiteEntry {
    /// `authspec`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// A digest of the features' text.
    pub digest: String,
}

/// What was judged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TargetEntry {
    /// The base URL.
    pub url: String,
    /// `url`, `reference` or `command`.
    pub kind: String,
    /// One phrase for people.
    pub description: String,
    /// The `Server` header of its first answer.
    pub server: Option<String>,
    /// What a target that the runner started printed, bounded.
    pub output: Option<String>,
}

/// How a run came to its end.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EndingEntry {
    /// `finished`, `unreachable`, `target-lost`, `deadline-passed`, `interrupted` or `defect`.
    pub kind: String,
    /// The cause, where there is one to tell.
    pub detail: Option<String>,
}

/// What a run sent.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CountsEntry {
    /// Requests of any kind.
    pub requests: u64,
    /// `POST /users`.
    pub registrations: u64,
    /// `POST /sessions`.
    pub logins: u64,
    /// `PUT /reset_password`.
    pub updates: u64,
    /// Requests that make a careful target hash a password.
    pub hash_operations: u64,
}

/// The totals of each level.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct TotalsByLevel {
    /// Of [`Level::Must`].
    pub must: Totals,
    /// Of [`Level::Should`].
    pub should: Totals,
    /// Of [`Level::May`].
    pub may: Totals,
}

/// What a baseline makes of the run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct BaselineSection {
    /// How many entries it has.
    pub entries: usize,
    /// The entries that have to go.
    pub stale: Vec<StaleSection>,
}

/// An entry of the baseline that has to go.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StaleSection {
    /// The id that it names, of this suite or not.
    pub requirement: String,
    /// What to do, as a sentence.
    pub advice: String,
}

/// One requirement with its scenarios.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RequirementEntry {
    /// The stable id.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// The tasks of the document that it comes from.
    pub tasks: Vec<u8>,
    /// The sentence.
    pub title: String,
    /// How to read it.
    pub description: Option<String>,
    /// The title of the feature that it stands in.
    pub area: String,
    /// Where its rule begins, `file:line`.
    pub location: String,
    /// What its scenarios add up to.
    pub verdict: Verdict,
    /// The baseline's word on it.
    pub baseline: Option<Word>,
    /// All its scenarios, run or not.
    pub scenarios: Vec<ScenarioEntry>,
}

impl Document {
    /// The report on a run, and on what a baseline makes of it.
    pub fn of(run: &Run, baseline: &Judgement) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            suite: SuiteEntry {
                name: run.suite.name.clone(),
                version: run.suite.version.clone(),
                digest: run.suite.digest.clone(),
            },
            target: TargetEntry {
                url: run.target.url.clone(),
                kind: run.target.kind.as_str().to_owned(),
                description: run.target.description.clone(),
                server: run.target.server.clone(),
                output: run.target.output.clone(),
            },
            seed: run.seed,
            started: rfc3339(run.started),
            duration_seconds: seconds(run.duration),
            strict: run.strict,
            ending: EndingEntry::of(&run.ending),
            verdict: verdict::of_run(run),
            exit_status: baseline.exit_status(run).code(),
            totals: TotalsByLevel {
                must: verdict::totals(run, Level::Must),
                should: verdict::totals(run, Level::Should),
                may: verdict::totals(run, Level::May),
            },
            counts: CountsEntry {
                requests: run.counts.requests,
                registrations: run.counts.registrations,
                logins: run.counts.logins,
                updates: run.counts.updates,
                hash_operations: run.counts.hash_operations(),
            },
            baseline: baseline.applied().then(|| BaselineSection::of(baseline)),
            requirements: run
                .requirements
                .iter()
                .map(|requirement| RequirementEntry::of(run, requirement, baseline))
                .collect(),
        }
    }
}

impl EndingEntry {
    fn of(ending: &Ending) -> Self {
        let (kind, detail) = match ending {
            Ending::Finished => ("finished", None),
            Ending::Unreachable(why) => ("unreachable", Some(why.clone())),
            Ending::TargetLost(why) => ("target-lost", Some(why.clone())),
            Ending::DeadlinePassed(limit) => (
                "deadline-passed",
                Some(format!("after {}", humantime::format_duration(*limit))),
            ),
            Ending::Interrupted => ("interrupted", None),
            Ending::Defect(why) => ("defect", Some(why.clone())),
        };
        Self {
            kind: kind.to_owned(),
            detail,
        }
    }
}

impl BaselineSection {
    fn of(baseline: &Judgement) -> Self {
        Self {
            entries: baseline.len(),
            stale: baseline
                .stale()
                .iter()
                .map(|entry| StaleSection {
                    requirement: entry.requirement.clone(),
                    advice: entry.to_string(),
                })
                .collect(),
        }
    }
}

impl RequirementEntry {
    fn of(run: &Run, requirement: &Requirement, baseline: &Judgement) -> Self {
        Self {
            id: requirement.id.clone(),
            level: requirement.level,
            tasks: requirement.tasks.clone(),
            title: requirement.title.clone(),
            description: requirement.description.clone(),
            area: requirement.area.clone(),
            location: requirement.location.to_string(),
            verdict: verdict::of(run, requirement),
            baseline: baseline.word(&requirement.id),
            scenarios: run
                .scenarios_of(&requirement.id)
                .map(ScenarioEntry::of)
                .collect(),
        }
    }
}

/// Seconds to the microsecond: what lies below is noise.
pub(super) fn seconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e6
}
