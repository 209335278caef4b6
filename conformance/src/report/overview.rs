//! What a reader wants first: where the target stands, in one word and in one sentence, and the
//! requirements by area. Every report that people read begins with it.

use crate::{
    run::{Ending, Run, ScenarioRecord},
    suite::Requirement,
    verdict::{
        self, ExitStatus, Totals, Verdict,
        baseline::{Entry, Judgement, Word},
    },
};

/// A number with its noun, in the singular or the plural.
pub(super) fn counted(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Where a target stands after a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Standing {
    /// Everything that counts was judged and holds.
    Conforms,
    /// Everything that was selected holds, and not everything was selected.
    Partly,
    /// What fails is known to the baseline.
    Known,
    /// The baseline has to be brought up to date; nothing else stands in the way.
    Stale,
    /// Something that counts fails.
    Fails,
    /// Something that counts could not be judged.
    Incomplete,
    /// The target was never reached.
    Unreachable,
    /// The runner itself is at fault.
    Defect,
}

/// A run as its readers meet it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Overview<'a> {
    /// The record.
    pub(super) run: &'a Run,
    /// What the baseline makes of it.
    pub(super) baseline: &'a Judgement,
}

/// Requirements that stand in one feature.
#[derive(Clone, Debug)]
pub(super) struct Area<'a> {
    /// The feature's title.
    pub(super) title: &'a str,
    /// Its requirements, in its order.
    pub(super) subjects: Vec<Subject<'a>>,
}

/// One requirement with all that is known about it.
#[derive(Clone, Debug)]
pub(super) struct Subject<'a> {
    /// The requirement.
    pub(super) requirement: &'a Requirement,
    /// What its scenarios add up to.
    pub(super) verdict: Verdict,
    /// Whether its verdict decides anything.
    pub(super) counts: bool,
    /// The baseline's word on it.
    pub(super) word: Option<Word>,
    /// The baseline's entry for it.
    pub(super) entry: Option<&'a Entry>,
    /// The known failure that stands in the way of judging it.
    pub(super) blocked_by: Option<&'a str>,
    /// All its scenarios.
    pub(super) scenarios: Vec<&'a ScenarioRecord>,
}

/// Why a requirement needs a reader's attention.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Concern {
    /// It fails, and the run with it.
    Fails,
    /// It counts and could not be judged.
    Unjudged,
    /// It fails as the baseline expects, or could not be judged because something else does.
    Known,
    /// It fails or could not be judged, and does not count.
    Advice,
}

impl Concern {
    /// All of them with the headings of their lists, the gravest first.
    pub(super) const ALL: [(Self, &str); 4] = [
        (Self::Fails, "Fails"),
        (Self::Unjudged, "Could not be judged"),
        (Self::Known, "Known failures"),
        (Self::Advice, "Does not count"),
    ];
}

impl Subject<'_> {
    /// Why it needs attention; `None` where it holds or was not run.
    pub(super) fn concern(&self) -> Option<Concern> {
        match self.verdict {
            Verdict::Pass | Verdict::NotRun => None,
            Verdict::Fail if self.entry.is_some() => Some(Concern::Known),
            Verdict::Fail if self.counts => Some(Concern::Fails),
            Verdict::Incomplete if self.blocked_by.is_some() => Some(Concern::Known),
            Verdict::Incomplete if self.counts => Some(Concern::Unjudged),
            Verdict::Fail | Verdict::Incomplete => Some(Concern::Advice),
        }
    }
}

impl<'a> Overview<'a> {
    /// The levels that count, in words.
    pub(super) fn levels(&self) -> &'static str {
        if self.run.strict {
            "must and should"
        } else {
            "must"
        }
    }

    /// How many failures that count the baseline excuses.
    pub(super) fn known(&self) -> usize {
        self.subjects()
            .filter(|subject| subject.counts && subject.verdict == Verdict::Fail)
            .filter(|subject| subject.concern() == Some(Concern::Known))
            .count()
    }

    /// Where the target stands.
    pub(super) fn standing(&self) -> Standing {
        match self.baseline.exit_status(self.run) {
            ExitStatus::Defect => Standing::Defect,
            ExitStatus::Unreachable => Standing::Unreachable,
            ExitStatus::Incomplete => Standing::Incomplete,
            ExitStatus::BaselineStale => Standing::Stale,
            ExitStatus::Conforms if self.known() > 0 => Standing::Known,
            ExitStatus::Conforms if verdict::counting(self.run).not_run > 0 => Standing::Partly,
            ExitStatus::Conforms => Standing::Conforms,
            ExitStatus::Fails | ExitStatus::Usage | ExitStatus::NothingSelected => Standing::Fails,
        }
    }

    /// Where the target stands, as a phrase that can stand alone.
    pub(super) fn headline(&self) -> String {
        let Totals {
            total,
            pass,
            fail,
            incomplete,
            ..
        } = verdict::counting(self.run);
        let levels = self.levels();
        let of = |count: usize| format!("{count} of {total} {levels} requirements");
        match self.standing() {
            Standing::Conforms => format!("Conforms: all {total} {levels} requirements hold"),
            Standing::Partly => format!("Holds as far as selected: {} judged", of(pass)),
            Standing::Known => format!("No new failure: {} fail, all of them known", of(fail)),
            Standing::Stale => "The baseline is stale".to_owned(),
            Standing::Fails => match self.known() {
                0 => format!("Does not conform: {} fail", of(fail)),
                known => format!("Does not conform: {} fail, {known} of them known", of(fail)),
            },
            Standing::Incomplete => format!("Incomplete: {} could not be judged", of(incomplete)),
            Standing::Unreachable => "The target was not reached".to_owned(),
            Standing::Defect => "The runner failed: this is a bug to report".to_owned(),
        }
    }

    /// Why the run ended before its end, where it did.
    pub(super) fn cut_short(&self) -> Option<String> {
        match &self.run.ending {
            Ending::Finished => None,
            Ending::Unreachable(why) | Ending::Defect(why) => Some(why.clone()),
            Ending::TargetLost(why) => Some(format!("The target was lost: {why}")),
            Ending::DeadlinePassed(limit) => Some(format!(
                "The deadline of {} for the whole run passed",
                humantime::format_duration(*limit)
            )),
            Ending::Interrupted => Some("The run was interrupted".to_owned()),
        }
    }

    /// All requirements, in the order of the features.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Subject<'a>> {
        let Self { run, baseline } = *self;
        run.requirements.iter().map(move |requirement| Subject {
            requirement,
            verdict: verdict::of(run, requirement),
            counts: requirement.level.counts(run.strict),
            word: baseline.word(&requirement.id),
            entry: baseline.entry(&requirement.id),
            blocked_by: baseline.blocked_by(&requirement.id),
            scenarios: run.scenarios_of(&requirement.id).collect(),
        })
    }

    /// The requirements by area, both in the order of the features.
    pub(super) fn areas(&self) -> Vec<Area<'a>> {
        let mut areas: Vec<Area<'a>> = Vec::new();
        for subject in self.subjects() {
            let title = subject.requirement.area.as_str();
            match areas.iter_mut().find(|area| area.title == title) {
                Some(area) => area.subjects.push(subject),
                None => areas.push(Area {
                    title,
                    subjects: vec![subject],
                }),
            }
        }
        areas
    }
}
