//! One requirement on the page.

use super::scenario::ScenarioView;
use crate::{
    report::overview::{Concern, Subject},
    run::Run,
    verdict::{Verdict, baseline::Word},
};

/// A requirement with its scenarios as the page shows them.
pub(super) struct SubjectView<'a> {
    pub(super) subject: Subject<'a>,
    pub(super) scenarios: Vec<ScenarioView<'a>>,
}

impl<'a> SubjectView<'a> {
    pub(super) fn of(subject: Subject<'a>, reference: Option<&Run>) -> Self {
        let scenarios = subject.scenarios.iter();
        let scenarios = scenarios.map(|record| ScenarioView::of(record, reference));
        Self {
            scenarios: scenarios.collect(),
            subject,
        }
    }

    /// Its tasks, for the filter: numbers between blanks.
    pub(super) fn tasks(&self) -> String {
        let tasks: Vec<String> = (self.subject.requirement.tasks.iter())
            .map(u8::to_string)
            .collect();
        tasks.join(" ")
    }

    /// Whether the baseline's entry has to go.
    pub(super) fn is_stale(&self) -> bool {
        self.subject.word == Some(Word::Stale)
    }

    /// Whether it is unfolded from the start: what stands between the target and its verdict.
    pub(super) fn open(&self) -> bool {
        let concern = self.subject.concern();
        matches!(concern, Some(Concern::Fails | Concern::Unjudged))
    }
}

impl Subject<'_> {
    /// The verdict in words that stand beside its colour.
    pub(super) fn in_words(&self) -> &'static str {
        match self.verdict {
            Verdict::Pass => "holds",
            Verdict::Fail => "fails",
            Verdict::Incomplete => "not judged",
            Verdict::NotRun => "not run",
        }
    }
}
