//! The report from the outside: the run, its verdict, and under each requirement its scenarios.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::{FORMAT_VERSION, exchange::seconds, scenario::ScenarioEntry};
use crate::{
    http::Counts,
    http::timestamp::rfc3339,
    run::{Ending, Run, Suite},
    suite::{Level, Requirement},
    target::TargetInfo,
    verdict::{
        self, RunVerdict, Totals, Verdict,
        baseline::{Judgement, StaleEntry, Word},
    },
};

/// A run as a report has it. What is read back is what was written.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Report {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Which suite judged.
    pub suite: Suite,
    /// What was judged.
    pub target: TargetInfo,
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
    pub totals: BTreeMap<Level, Totals>,
    /// What was sent.
    pub counts: CountsEntry,
    /// What the baseline makes of it; null without one.
    pub baseline: Option<BaselineSection>,
    /// Every requirement of the suite, whatever was selected or reached.
    pub requirements: Vec<Judged>,
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
    /// How much of what.
    #[serde(flatten)]
    pub counts: Counts,
    /// Requests that make a careful target hash a password.
    pub hash_operations: u64,
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

/// One requirement with its verdict and its scenarios.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Judged {
    /// The requirement.
    #[serde(flatten)]
    pub requirement: Requirement,
    /// What its scenarios add up to.
    pub verdict: Verdict,
    /// The baseline's word on it.
    pub baseline: Option<Word>,
    /// All its scenarios, run or not.
    #[serde(serialize_with = "by_name")]
    pub scenarios: Vec<ScenarioEntry>,
}

impl Report {
    /// The report on a run, and on what a baseline makes of it.
    pub fn of(run: &Run, baseline: &Judgement) -> Self {
        let judged = |requirement: &Requirement| Judged {
            requirement: requirement.clone(),
            verdict: verdict::of(run, requirement),
            baseline: baseline.word(&requirement.id),
            scenarios: run
                .scenarios_of(&requirement.id)
                .map(ScenarioEntry::of)
                .collect(),
        };
        let stale = |entry: &StaleEntry| StaleSection {
            requirement: entry.requirement.clone(),
            advice: entry.to_string(),
        };
        Self {
            format_version: FORMAT_VERSION,
            suite: run.suite.clone(),
            target: run.target.clone(),
            seed: run.seed,
            started: rfc3339(run.started),
            duration_seconds: seconds(run.duration),
            strict: run.strict,
            ending: EndingEntry::of(&run.ending),
            verdict: verdict::of_run(run),
            exit_status: baseline.exit_status(run).code(),
            totals: Level::ALL
                .map(|level| (level, verdict::totals(run, level)))
                .into(),
            counts: CountsEntry {
                counts: run.counts,
                hash_operations: run.counts.hash_operations(),
            },
            baseline: baseline.applied.then(|| BaselineSection {
                entries: baseline.entries.len(),
                stale: baseline.stale.iter().map(stale).collect(),
            }),
            requirements: run.requirements.iter().map(judged).collect(),
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

/// The members of scenarios, and of all that is in them, stand in the order of their names.
fn by_name<S: Serializer>(entries: &[ScenarioEntry], serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::to_value(entries)
        .map_err(serde::ser::Error::custom)?
        .serialize(serializer)
}
