//! What the trials prove, and what they do not.

use super::{Kind, Trial};
use crate::{
    suite::{Level, Requirement},
    verdict::Verdict,
};

/// A requirement with the faults that it caught.
#[derive(Clone, Debug)]
pub struct Row {
    /// The requirement.
    pub requirement: Requirement,
    /// The faults that are about it and that it caught.
    pub caught: Vec<&'static str>,
    /// Further faults that it failed on.
    pub caught_too: Vec<&'static str>,
}

/// Something that shows the suite, or the catalogue of subjects, to be wrong.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Wrong {
    /// The word for what is wrong: a `survivor` is a fault that a requirement had to catch and did
    /// not, a `gift` a must that a null server passed without keeping it, a `false-alarm` what did
    /// not pass on a freedom that keeps it; a requirement is `unexercised` that no fault is about,
    /// a verdict `unlike` that is another side by side, a trial `broken` that came to no end.
    pub word: &'static str,
    /// What it is, in a line.
    pub text: String,
}

impl Wrong {
    fn new(word: &'static str, text: String) -> Self {
        Self { word, text }
    }
}

/// All trials, and what they come to.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The trials.
    pub trials: Vec<Trial>,
    /// The requirements of the suite, in its order.
    pub rows: Vec<Row>,
    /// What is wrong; nothing, if the suite can be trusted.
    pub wrong: Vec<Wrong>,
    /// Whether every subject had its turn. If not, what is missing says nothing.
    pub whole: bool,
}

impl Matrix {
    /// Adds the trials up. `whole` says whether every subject had its turn.
    pub fn new(requirements: &[Requirement], trials: Vec<Trial>, whole: bool) -> Self {
        let rows: Vec<Row> = requirements
            .iter()
            .map(|requirement| row(requirement, &trials))
            .collect();
        let mut wrong: Vec<Wrong> = trials.iter().flat_map(wrong_in).collect();
        let unexercised = |id: &str| {
            let mut faults = trials.iter().filter(|t| t.subject.kind == Kind::Fault);
            whole && !faults.any(|trial| trial.subject.is_about(id))
        };
        let ids = requirements.iter().map(|requirement| &*requirement.id);
        wrong.extend(
            ids.filter(|id| unexercised(id))
                .map(|id| Wrong::new("unexercised", format!("no fault is about {id}"))),
        );
        Self {
            trials,
            rows,
            wrong,
            whole,
        }
    }

    /// What there is, how many of it, how many are wrong, and the word for that.
    pub fn figures(&self) -> [(&'static str, usize, usize, &'static str); 6] {
        let of = |kind| self.of(kind).count();
        let (requirements, trials) = (self.rows.len(), self.trials.len());
        let beside = self.trials.iter().filter(|trial| trial.beside).count();
        [
            ("faults", of(Kind::Fault), "survivor", "survivors"),
            ("null servers", of(Kind::NullServer), "gift", "gifts"),
            ("freedoms", of(Kind::Freedom), "false-alarm", "false alarms"),
            (
                "requirements",
                requirements,
                "unexercised",
                "that no fault is about",
            ),
            ("trials", trials, "broken", "that came to no end"),
            (
                "trials repeated side by side",
                beside,
                "unlike",
                "verdicts that are others",
            ),
        ]
        .map(|(what, total, word, ill)| (what, total, self.count(word), ill))
    }

    /// How many wrongs have that word.
    pub fn count(&self, word: &str) -> usize {
        self.wrong.iter().filter(|wrong| wrong.word == word).count()
    }

    /// The trials of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Trial> {
        self.trials
            .iter()
            .filter(move |trial| trial.subject.kind == kind)
    }
}

fn row(requirement: &Requirement, trials: &[Trial]) -> Row {
    let failed = |trial: &&Trial| {
        trial.subject.kind == Kind::Fault && trial.verdict(&requirement.id) == Some(Verdict::Fail)
    };
    let (about, others): (Vec<&Trial>, Vec<&Trial>) = trials
        .iter()
        .filter(failed)
        .partition(|trial| trial.subject.is_about(&requirement.id));
    Row {
        requirement: requirement.clone(),
        caught: about.iter().map(|trial| trial.subject.id).collect(),
        caught_too: others.iter().map(|trial| trial.subject.id).collect(),
    }
}

fn wrong_in(trial: &Trial) -> Vec<Wrong> {
    let id = trial.subject.id;
    if let Some(why) = &trial.broken {
        return vec![Wrong::new("broken", format!("{id}: {why}"))];
    }
    let unlike = trial.unlike.iter().map(|(requirement, alone, beside)| {
        let (alone, beside) = (alone.as_str(), beside.as_str());
        let text = format!(
            "{requirement} is '{alone}' on {id} one scenario at a time, and '{beside}' side by side"
        );
        Wrong::new("unlike", text)
    });
    unlike.chain(wrong_verdicts(trial)).collect()
}

fn wrong_verdicts(trial: &Trial) -> Vec<Wrong> {
    let subject = &trial.subject;
    let id = subject.id;
    match subject.kind {
        Kind::Fault => subject
            .about
            .iter()
            .map(|about| (about, trial.verdict(about)))
            .filter(|(_, verdict)| *verdict != Some(Verdict::Fail))
            .map(|(about, verdict)| {
                let verdict = verdict.map_or("not in the suite", Verdict::as_str);
                let text = format!("survivor: {id} is not caught by {about} ({verdict})");
                Wrong::new("survivor", text)
            })
            .collect(),
        Kind::NullServer => trial
            .with(Verdict::Pass)
            .filter(|(passed, level)| *level == Level::Must && !subject.is_about(passed))
            .map(|(passed, _)| {
                Wrong::new("gift", format!("{id} passes {passed} without keeping it"))
            })
            .collect(),
        Kind::Freedom => trial
            .verdicts
            .iter()
            .filter(|(kept, _, verdict)| *verdict != Verdict::Pass && !subject.is_about(kept))
            .map(|(kept, _, verdict)| {
                let verdict = verdict.as_str();
                let text = format!("{kept} is '{verdict}' on {id}, which keeps it");
                Wrong::new("false-alarm", text)
            })
            .collect(),
    }
}
