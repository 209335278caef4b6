//! The baseline: which requirements a target is known to fail, and why that is borne for now.
//!
//! ```toml
//! [LOGIN-7]
//! reason = "sessions are kept for the mobile client until release 3"
//! link = "https://issues.example/412"
//! expires = 2027-03-31
//! ```
//!
//! What it names must fail, and what could not be judged because of it is excused with it. An entry
//! whose requirement passes, that names no requirement of the suite, or that has expired is stale,
//! and a gate that relies on the baseline stops there.

mod file;
mod update;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use toml::value::{Date, Datetime};

pub use file::{Baseline, BaselineError, Entry};
pub use update::updated;

use crate::{
    http::timestamp::rfc3339,
    run::{Ending, Run},
    verdict::{self, ExitStatus, Verdict},
};

/// What a baseline says of one requirement's verdict.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    /// It fails, as the entry says, or a known failure stands in its way.
    Expected,
    /// The entry is out of date: it passes, or the entry has expired.
    Stale,
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Staleness {
    /// The requirement passes.
    Passes,
    /// The suite has no such requirement.
    Unknown,
    /// The entry's last day has passed.
    Expired(Date),
}

/// An entry that has to go.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StaleEntry {
    /// The id that it names.
    pub requirement: String,
    /// What is wrong with it.
    pub why: Staleness,
}

impl fmt::Display for StaleEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.requirement;
        match self.why {
            Staleness::Passes => write!(f, "{id} passes now: delete [{id}] from the baseline"),
            Staleness::Unknown => write!(
                f,
                "{id} is no requirement of this suite: delete [{id}] from the baseline"
            ),
            Staleness::Expired(day) => write!(
                f,
                "the entry for {id} expired on {day}: delete [{id}] from the baseline, \
                 or decide on a new date"
            ),
        }
    }
}

/// What a baseline makes of a run. Without a baseline, [`Judgement::default`]: nothing is
/// expected to fail.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Judgement {
    /// The known failures.
    pub entries: BTreeMap<String, Entry>,
    words: BTreeMap<String, Word>,
    /// The entries that have to go, in the order of their ids.
    pub stale: Vec<StaleEntry>,
    /// What could not be judged, and the known failure that stands in its way.
    blocked: BTreeMap<String, String>,
    /// Whether there was a baseline at all.
    pub applied: bool,
}

impl Judgement {
    /// What `baseline` makes of `run`. Entries about requirements that the run did not judge
    /// have no say: they are neither expected nor stale.
    pub fn of(baseline: &Baseline, run: &Run) -> Self {
        let today: Option<Datetime> = rfc3339(run.started)[..10].parse().ok();
        let today = today.and_then(|moment| moment.date);
        let mut judgement = Self {
            applied: true,
            ..Self::default()
        };
        for (id, entry) in &baseline.entries {
            let known = run.requirements.iter().find(|r| r.id == *id);
            let verdict = known.map(|requirement| verdict::of(run, requirement));
            let expired = entry.expires.filter(|last| Some(*last) < today);
            let why = match (verdict, expired) {
                (None, _) => Some(Staleness::Unknown),
                (Some(Verdict::Pass), _) => Some(Staleness::Passes),
                (Some(_), Some(last)) => Some(Staleness::Expired(last)),
                (Some(_), None) => None,
            };
            let word = match (verdict, why) {
                (Some(_), Some(_)) => Some(Word::Stale),
                (Some(Verdict::Fail), None) => Some(Word::Expected),
                _ => None,
            };
            judgement.entries.insert(id.clone(), entry.clone());
            judgement.words.extend(word.map(|word| (id.clone(), word)));
            judgement.stale.extend(why.map(|why| StaleEntry {
                requirement: id.clone(),
                why,
            }));
        }
        judgement.look_behind(run);
        judgement
    }

    /// Finds what known failures stand in the way of, and what that in turn stands in the way of.
    fn look_behind(&mut self, run: &Run) {
        let verdicts: Vec<(&str, Verdict)> = run
            .requirements
            .iter()
            .map(|requirement| (requirement.id.as_str(), verdict::of(run, requirement)))
            .collect();
        let failing = |id: &str| verdicts.contains(&(id, Verdict::Fail));
        let known = |id: &str| self.entries.contains_key(id) && failing(id);
        let mut blocked = BTreeMap::new();
        loop {
            let found = verdicts.iter().find_map(|(id, verdict)| {
                let is_open = *verdict == Verdict::Incomplete && !blocked.contains_key(*id);
                let obstacles = is_open.then(|| run.scenarios_of(id))?;
                let behind: Option<Vec<&str>> = obstacles
                    .filter_map(|scenario| scenario.outcome.obstacle())
                    .map(|obstacle| obstacle.blocked_by.as_deref())
                    .map(|by| by.filter(|by| known(by) || blocked.contains_key(*by)))
                    .collect();
                Some(((*id).to_owned(), (*behind?.first()?).to_owned()))
            });
            match found {
                Some((id, by)) => blocked.insert(id, by),
                None => break,
            };
        }
        let words = blocked.keys().map(|id| (id.clone(), Word::Expected));
        self.words.extend(words);
        self.blocked = blocked;
    }

    /// Its word on a requirement; `None` where it has nothing to say.
    pub fn word(&self, id: &str) -> Option<Word> {
        self.words.get(id).copied()
    }

    /// The known failure that stands in the way of a requirement which could not be judged, where
    /// nothing else does.
    pub fn blocked_by(&self, id: &str) -> Option<&str> {
        self.blocked.get(id).map(String::as_str)
    }

    /// Its entry for a requirement, which excuses its failure. An expired one still does: the run
    /// ends with the status that tells to delete it, and does not look like a new failure.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// The exit status that a run deserves. Where two apply, the order is 70, 1, 6, 5, 0; a
    /// target that was never reached is 3 whatever the baseline says.
    pub fn exit_status(&self, run: &Run) -> ExitStatus {
        match run.ending {
            Ending::Defect(_) => return ExitStatus::Defect,
            Ending::Unreachable(_) => return ExitStatus::Unreachable,
            _ => {}
        }
        let any = |wanted, excused: &dyn Fn(&str) -> bool| {
            verdict::that_count(run)
                .any(|(requirement, verdict)| verdict == wanted && !excused(&requirement.id))
        };
        if any(Verdict::Fail, &|id| self.entry(id).is_some()) {
            ExitStatus::Fails
        } else if any(Verdict::Incomplete, &|id| self.blocked_by(id).is_some()) {
            ExitStatus::Incomplete
        } else if !self.stale.is_empty() {
            ExitStatus::BaselineStale
        } else {
            ExitStatus::Conforms
        }
    }
}

/// The exit status that a run deserves, before a baseline has a say.
pub fn exit_status(run: &Run) -> ExitStatus {
    Judgement::default().exit_status(run)
}
