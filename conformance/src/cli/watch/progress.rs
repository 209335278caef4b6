//! What is known after the runs so far.

use std::path::PathBuf;

use crate::{
    report::compare::Change,
    run::{Ending, Run},
    suite::Requirement,
    verdict::{self, ExitStatus, Verdict, baseline::Judgement, to_mend},
};

/// The runs so far.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The last run of everything that reached its target.
    pub(super) whole: Option<Run>,
    /// The run of what was to be mended next, where everything else is still to come.
    pub(super) first: Option<Run>,
    /// The last run, where it never reached its target.
    pub(super) unreached: Option<Run>,
    /// What the last run of everything has changed.
    changed: Vec<(Change, String)>,
    /// Which failure is shown.
    pub(super) shown: usize,
    /// The files that have changed before this run.
    pub(super) files: Vec<PathBuf>,
    /// Files that are no longer watched.
    pub(super) own: Vec<PathBuf>,
    pub(super) runs: usize,
}

impl State {
    /// Another run is due, because of these files.
    pub(super) fn begin(&mut self, files: Vec<PathBuf>) {
        self.files = files;
        self.first = None;
    }

    /// What is to be asked first: the failure that was to be mended next.
    pub(super) fn first_of_all(&self) -> Option<String> {
        let whole = self.whole.as_ref()?;
        let none = Judgement::default();
        to_mend(whole, &none).first().map(|one| one.id.clone())
    }

    /// Takes in the run of what was to be mended next.
    pub(super) fn take_first(&mut self, run: Run) {
        if matches!(run.ending, Ending::Unreachable(_)) {
            self.unreached = Some(run);
            return;
        }
        self.unreached = None;
        self.shown = 0;
        self.first = Some(run);
    }

    /// Takes in a run of everything.
    pub(super) fn take(&mut self, run: Run) {
        self.first = None;
        self.runs += 1;
        if matches!(run.ending, Ending::Unreachable(_)) {
            self.unreached = Some(run);
            return;
        }
        self.unreached = None;
        let shown = self.failure().map(|requirement| requirement.id.clone());
        self.changed = match &self.whole {
            None => Vec::new(),
            Some(before) => changes(before, &run),
        };
        self.whole = Some(run);
        // Whoever looks at a failure goes on looking at it, unless it was the first of all.
        let failures = self.failures();
        self.shown = match shown {
            Some(id) if self.shown > 0 => failures.iter().position(|one| one.id == id).unwrap_or(0),
            _ => 0,
        };
    }

    /// Turns to another failure.
    pub(super) fn turn(&mut self, by: isize) {
        let count = self.failures().len();
        if count > 0 {
            self.shown = (self.shown % count + count).saturating_add_signed(by) % count;
        }
    }

    /// All failures of the last run of everything, the next to mend first.
    pub(super) fn failures(&self) -> Vec<&Requirement> {
        let none = Judgement::default();
        self.whole
            .as_ref()
            .map_or_else(Vec::new, |run| to_mend(run, &none))
    }

    /// The failure that is shown.
    pub(super) fn failure(&self) -> Option<&Requirement> {
        self.failures().get(self.shown).copied()
    }

    /// How to end: as the last run of everything would.
    pub(super) fn status(&self) -> ExitStatus {
        match (&self.unreached, &self.whole) {
            (Some(run), _) | (None, Some(run)) => verdict::exit_status(run),
            (None, None) => ExitStatus::Incomplete,
        }
    }

    /// The ids of a kind of change.
    pub(super) fn changed(&self, kinds: &[Change]) -> Vec<&str> {
        let of_kind = self.changed.iter().filter(|(kind, _)| kinds.contains(kind));
        of_kind.map(|(_, id)| id.as_str()).collect()
    }
}

fn changes(before: &Run, now: &Run) -> Vec<(Change, String)> {
    let of = |run: &Run, id: &str| -> Option<Verdict> {
        let requirement = run.requirements.iter().find(|one| one.id == id)?;
        Some(verdict::of(run, requirement))
    };
    now.requirements
        .iter()
        .filter_map(|requirement| {
            let id = requirement.id.as_str();
            let change = Change::between(of(before, id), of(now, id))?;
            Some((change, id.to_owned()))
        })
        .collect()
}
