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
pub enum Wrong {
    /// A fault that a requirement had to catch and did not.
    Survivor {
        /// The fault.
        fault: &'static str,
        /// The requirement.
        requirement: &'static str,
        /// What it got instead of `fail`; nothing where the suite does not have it.
        verdict: Option<Verdict>,
    },
    /// A must that a null server passed without keeping it.
    Gift {
        /// The null server.
        server: &'static str,
        /// The requirement.
        requirement: String,
    },
    /// A requirement that failed, or could not be judged, on a server that keeps it.
    FalseAlarm {
        /// The freedom.
        freedom: &'static str,
        /// The requirement.
        requirement: String,
        /// What it got.
        verdict: Verdict,
    },
    /// A requirement that no fault exercises.
    Unexercised {
        /// The requirement.
        requirement: String,
    },
    /// A requirement whose verdict is another where scenarios run side by side.
    Unlike {
        /// The subject.
        subject: &'static str,
        /// The requirement.
        requirement: String,
        /// What it got one scenario at a time.
        alone: Verdict,
        /// What it got side by side.
        beside: Verdict,
    },
    /// A trial that came to no end.
    Broken {
        /// The subject.
        subject: &'static str,
        /// Why.
        why: String,
    },
}

impl Wrong {
    /// The word for what is wrong.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Survivor { .. } => "survivor",
            Self::Gift { .. } => "gift",
            Self::FalseAlarm { .. } => "false-alarm",
            Self::Unexercised { .. } => "unexercised",
            Self::Unlike { .. } => "unlike",
            Self::Broken { .. } => "broken",
        }
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Survivor {
                fault,
                requirement,
                verdict,
            } => {
                let verdict = verdict.map_or("not in the suite", Verdict::as_str);
                write!(
                    f,
                    "survivor: {fault} is not caught by {requirement} ({verdict})"
                )
            }
            Self::Gift {
                server,
                requirement,
            } => write!(f, "{server} passes {requirement} without keeping it"),
            Self::FalseAlarm {
                freedom,
                requirement,
                verdict,
            } => write!(
                f,
                "{requirement} is '{}' on {freedom}, which keeps it",
                verdict.as_str()
            ),
            Self::Unexercised { requirement } => {
                write!(f, "no fault is about {requirement}")
            }
            Self::Unlike {
                subject,
                requirement,
                alone,
                beside,
            } => write!(
                f,
                "{requirement} is '{}' on {subject} one scenario at a time, and '{}' side by side",
                alone.as_str(),
                beside.as_str()
            ),
            Self::Broken { subject, why } => write!(f, "{subject}: {why}"),
        }
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
        wrong.extend(
            requirements
                .iter()
                .filter(|requirement| whole && !is_exercised(requirement, &trials))
                .map(|requirement| Wrong::Unexercised {
                    requirement: requirement.id.clone(),
                }),
        );
        Self {
            trials,
            rows,
            wrong,
            whole,
        }
    }

    /// How many wrongs have that word.
    pub fn count(&self, word: &str) -> usize {
        self.wrong
            .iter()
            .filter(|wrong| wrong.word() == word)
            .count()
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

fn is_exercised(requirement: &Requirement, trials: &[Trial]) -> bool {
    trials
        .iter()
        .any(|trial| trial.subject.kind == Kind::Fault && trial.subject.is_about(&requirement.id))
}

fn wrong_in(trial: &Trial) -> Vec<Wrong> {
    let subject = &trial.subject;
    if let Some(why) = &trial.broken {
        return vec![Wrong::Broken {
            subject: subject.id,
            why: why.clone(),
        }];
    }
    let unlike = trial
        .unlike
        .iter()
        .map(|(id, alone, beside)| Wrong::Unlike {
            subject: subject.id,
            requirement: id.clone(),
            alone: *alone,
            beside: *beside,
        });
    let mut wrong: Vec<Wrong> = unlike.collect();
    wrong.extend(wrong_verdicts(trial));
    wrong
}

fn wrong_verdicts(trial: &Trial) -> Vec<Wrong> {
    let subject = &trial.subject;
    match subject.kind {
        Kind::Fault => subject
            .about
            .iter()
            .map(|requirement| (*requirement, trial.verdict(requirement)))
            .filter(|(_, verdict)| *verdict != Some(Verdict::Fail))
            .map(|(requirement, verdict)| Wrong::Survivor {
                fault: subject.id,
                requirement,
                verdict,
            })
            .collect(),
        Kind::NullServer => trial
            .with(Verdict::Pass)
            .filter(|(id, level)| *level == Level::Must && !subject.is_about(id))
            .map(|(id, _)| Wrong::Gift {
                server: subject.id,
                requirement: id.to_owned(),
            })
            .collect(),
        Kind::Freedom => trial
            .verdicts
            .iter()
            .filter(|(id, _, verdict)| *verdict != Verdict::Pass && !subject.is_about(id))
            .map(|(id, _, verdict)| Wrong::FalseAlarm {
                freedom: subject.id,
                requirement: id.clone(),
                verdict: *verdict,
            })
            .collect(),
    }
}
