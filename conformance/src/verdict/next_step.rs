//! Which failure to mend first.

use std::collections::BTreeSet;

use super::{Verdict, baseline::Judgement, of, that_count};
use crate::{run::Run, suite::Requirement};

/// A failure to mend before all others, and what cannot be judged until then.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NextStep<'a> {
    /// What fails.
    pub requirement: &'a Requirement,
    /// What waits for it, by what the run found in its way, in the order of the suite.
    pub waiting: Vec<&'a Requirement>,
}

/// All failures that count and are not known, in the order in which to mend them: that of the
/// document's tasks, and within a task that of the suite.
pub fn to_mend<'a>(run: &'a Run, baseline: &Judgement) -> Vec<&'a Requirement> {
    let mut failures: Vec<&Requirement> = that_count(run)
        .filter(|(one, verdict)| *verdict == Verdict::Fail && baseline.entry(&one.id).is_none())
        .map(|(requirement, _)| requirement)
        .collect();
    failures.sort_by_key(|requirement| requirement.tasks.first().copied().unwrap_or(u8::MAX));
    failures
}

/// The first of them. `None` where nothing of that kind fails.
pub fn next_step<'a>(run: &'a Run, baseline: &Judgement) -> Option<NextStep<'a>> {
    let requirement = *to_mend(run, baseline).first()?;
    Some(NextStep {
        requirement,
        waiting: waiting_for(run, &requirement.id),
    })
}

/// What could not be judged because of a failure, or because of what could not be judged for that.
fn waiting_for<'a>(run: &'a Run, id: &str) -> Vec<&'a Requirement> {
    let mut behind = BTreeSet::from([id]);
    let open = |requirement: &&Requirement| of(run, requirement) == Verdict::Incomplete;
    let waits = |requirement: &Requirement, behind: &BTreeSet<&str>| {
        run.scenarios_of(&requirement.id)
            .filter_map(|scenario| scenario.outcome.obstacle()?.blocked_by.as_deref())
            .any(|by| behind.contains(by))
    };
    loop {
        let known = behind.len();
        for requirement in run.requirements.iter().filter(open) {
            if waits(requirement, &behind) {
                behind.insert(&requirement.id);
            }
        }
        if behind.len() == known {
            break;
        }
    }
    behind.remove(id);
    run.requirements
        .iter()
        .filter(|requirement| behind.contains(requirement.id.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        http::Counts,
        run::{Ending, Outcome, Suite},
        scenario::Obstacle,
        suite::Level,
        target::Target,
        verdict::sample::{failed, location, record},
    };
    use std::time::{Duration, SystemTime};

    fn behind(id: &str) -> Outcome {
        Outcome::Incomplete(Obstacle {
            blocked_by: Some(id.to_owned()),
            ..Obstacle::outside("no account could be had")
        })
    }

    fn run(requirements: Vec<(&str, Level, Vec<u8>, Outcome)>) -> Run {
        let (mut all, mut scenarios) = (Vec::new(), Vec::new());
        for (id, level, tasks, outcome) in requirements {
            scenarios.push(record(id, outcome));
            all.push(Requirement {
                id: id.to_owned(),
                level,
                tasks,
                title: String::new(),
                description: None,
                area: "x".to_owned(),
                location: location(),
            });
        }
        Run {
            suite: Suite {
                name: "x".to_owned(),
                version: "0".to_owned(),
                digest: String::new(),
            },
            target: Target::at("http://localhost:1".parse().unwrap()).info,
            seed: 1,
            started: SystemTime::UNIX_EPOCH,
            duration: Duration::ZERO,
            strict: false,
            requirements: all,
            scenarios,
            counts: Counts::default(),
            ending: Ending::Finished,
        }
    }

    #[test]
    fn the_earliest_task_comes_first_and_all_that_waits_is_counted() {
        let run = run(vec![
            ("LOGOUT-1", Level::Must, vec![14], failed()),
            ("REG-6", Level::Should, vec![], failed()),
            ("REG-1", Level::Must, vec![7], failed()),
            ("LOGIN-1", Level::Must, vec![11], behind("REG-1")),
            ("PROFILE-1", Level::Must, vec![15], behind("LOGIN-1")),
            ("UPDATE-1", Level::Must, vec![19], behind("LOGOUT-1")),
            ("ROOT-1", Level::Must, vec![6], Outcome::Passed),
        ]);
        let next = next_step(&run, &Judgement::default()).unwrap();
        assert_eq!(next.requirement.id, "REG-1");
        let waiting: Vec<&str> = next.waiting.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(waiting, ["LOGIN-1", "PROFILE-1"]);
    }

    #[test]
    fn what_does_not_count_or_was_not_judged_is_no_step() {
        let run = run(vec![
            ("REG-6", Level::Should, vec![], failed()),
            ("REG-1", Level::Must, vec![7], behind("ROOT-1")),
        ]);
        assert_eq!(next_step(&run, &Judgement::default()), None);
    }
}
