//! One requirement on the page.

use super::scenario::ScenarioView;
use crate::{
    report::overview::{Concern, Subject},
    run::Run,
    suite::Requirement,
    verdict::{
        Verdict,
        baseline::{Entry, Word},
    },
};

/// A requirement with its scenarios.
pub(super) struct SubjectView<'a> {
    pub(super) requirement: &'a Requirement,
    pub(super) verdict: Verdict,
    pub(super) counts: bool,
    pub(super) concern: Option<Concern>,
    /// The baseline's entry, where it expects the failure or is stale.
    pub(super) entry: Option<&'a Entry>,
    pub(super) stale: bool,
    /// Its tasks, for the filter: numbers between blanks.
    pub(super) tasks: String,
    pub(super) scenarios: Vec<ScenarioView<'a>>,
}

/// A requirement where it is only referred to.
#[derive(Clone, Copy)]
pub(super) struct Link<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) verdict: &'static str,
    pub(super) word: &'static str,
}

impl<'a> SubjectView<'a> {
    pub(super) fn of(subject: &Subject<'a>, reference: Option<&Run>) -> Self {
        let tasks: Vec<String> = subject
            .requirement
            .tasks
            .iter()
            .map(u8::to_string)
            .collect();
        Self {
            requirement: subject.requirement,
            verdict: subject.verdict,
            counts: subject.counts,
            concern: subject.concern(),
            entry: subject.entry,
            stale: subject.word == Some(Word::Stale),
            tasks: tasks.join(" "),
            scenarios: subject
                .scenarios
                .iter()
                .map(|scenario| ScenarioView::of(scenario, reference))
                .collect(),
        }
    }

    pub(super) fn passes(&self) -> bool {
        self.verdict == Verdict::Pass
    }

    /// Whether it is unfolded from the start: what stands between the target and its verdict.
    pub(super) fn open(&self) -> bool {
        matches!(self.concern, Some(Concern::Fails | Concern::Unjudged))
    }

    /// The verdict in a word that stands beside its colour.
    pub(super) fn word(&self) -> &'static str {
        match self.verdict {
            Verdict::Pass => "holds",
            Verdict::Fail => "fails",
            Verdict::Incomplete => "not judged",
            Verdict::NotRun => "not run",
        }
    }

    pub(super) fn link(&self) -> Link<'a> {
        Link {
            id: &self.requirement.id,
            title: &self.requirement.title,
            verdict: self.verdict.as_str(),
            word: self.word(),
        }
    }
}
