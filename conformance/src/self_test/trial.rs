//! One run of the suite against one subject.

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use super::{Kind, Subject, stage};
use crate::{
    catalogue::Catalogue,
    engine::{self, EngineSettings, Silent},
    freedoms::Past,
    names::Names,
    proxy::{Ask, Upstream},
    requirement::Level,
    run::{Ending, Outcome, Run},
    target::{Reference, Target},
    verdict::{self, Verdict},
};

/// The bcrypt cost of the reference servers behind the subjects: the cheapest there is, as the
/// suite sees no difference.
const BCRYPT_COST: u32 = 4;

/// The pause for subjects that take offence at haste: what a foreign target gets by default.
const PAUSE: Duration = Duration::from_millis(10);

/// What stands behind the subjects.
#[derive(Clone, Debug)]
pub enum Base {
    /// A reference server for each, in this process.
    Reference,
    /// One server that runs already and keeps the document.
    Url(String),
}

/// What the suite said of a subject.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Who was judged.
    pub subject: Subject,
    /// The verdict on each requirement, in the order of the suite, with its level.
    pub verdicts: Vec<(String, Level, Verdict)>,
    /// For each requirement that failed, the first failure in a line.
    pub failures: Vec<(String, String)>,
    /// Why the trial proves nothing, where that is so.
    pub broken: Option<String>,
    /// How long it took.
    pub duration: Duration,
    /// How many requests the suite sent.
    pub requests: u64,
}

impl Trial {
    /// The requirements with that verdict, in the order of the suite.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = (&str, Level)> {
        self.verdicts
            .iter()
            .filter(move |(_, _, found)| *found == verdict)
            .map(|(id, level, _)| (id.as_str(), *level))
    }

    /// The verdict on one requirement.
    pub fn verdict(&self, id: &str) -> Option<Verdict> {
        let found = self.verdicts.iter().find(|(known, _, _)| known == id);
        found.map(|(_, _, verdict)| *verdict)
    }

    /// Judges one subject in the calling thread, which must not be a runtime's own.
    pub fn of(
        subject: Subject,
        catalogue: &Catalogue,
        base: &Base,
        settings: &EngineSettings,
    ) -> Self {
        let started = Instant::now();
        let result = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| format!("no runtime can be started: {error}"))
            .and_then(|runtime| {
                let result = runtime.block_on(judge(&subject, catalogue, base, settings));
                runtime.shutdown_background();
                result
            });
        let trial = Self {
            subject,
            verdicts: Vec::new(),
            failures: Vec::new(),
            broken: None,
            duration: started.elapsed(),
            requests: 0,
        };
        match result {
            Ok(run) => Self {
                verdicts: verdicts(&run),
                failures: failures(&run),
                broken: broken(&run, trial.subject.kind),
                requests: run.counts.requests,
                ..trial
            },
            Err(why) => Self {
                broken: Some(why),
                ..trial
            },
        }
    }
}

async fn judge(
    subject: &Subject,
    catalogue: &Catalogue,
    base: &Base,
    settings: &EngineSettings,
) -> Result<Run, String> {
    let reference = match base {
        Base::Reference if subject.needs_target() => Some(
            Reference::start(BCRYPT_COST)
                .await
                .map_err(|error| error.to_string())?,
        ),
        _ => None,
    };
    let url = match (base, &reference) {
        (Base::Url(url), _) => url.clone(),
        (Base::Reference, Some(reference)) => reference.target.base.to_string(),
        // A null server asks nobody.
        (Base::Reference, None) => "http://localhost.invalid".to_owned(),
    };
    let upstream = Upstream::new(&url).map_err(|error| error.to_string())?;
    let targets = reference
        .as_ref()
        .and_then(|reference| reference.target.fresh.clone());
    let (running, target) = stage::start(subject, &upstream, targets).await?;
    let judge = async |target: &Target| {
        let selected: Vec<usize> = (0..catalogue.cases.len()).collect();
        let mut settings = EngineSettings {
            seed: Names::random_seed(),
            strict: true,
            ..settings.clone()
        };
        if subject.minds_haste() {
            settings.client.pause = settings.client.pause.max(PAUSE);
        }
        engine::run(
            catalogue,
            &selected,
            target,
            &settings,
            Rc::new(Silent),
            std::future::pending(),
        )
        .await
        .map_err(|error| error.to_string())
    };
    match subject.past {
        Past::Fresh => {}
        Past::Judged => {
            judge(&target).await?;
        }
        Past::Populated(users) => populate(&upstream, users).await,
    }
    let run = judge(&target).await;
    running.stop().await;
    if let Some(reference) = reference {
        reference.stop().await;
    }
    run
}

/// Registers users straight at the target, a few at once.
async fn populate(upstream: &Upstream, users: usize) {
    use futures::StreamExt as _;
    let run = uuid::Uuid::new_v4().simple().to_string();
    futures::stream::iter(0..users)
        .for_each_concurrent(4, |number| {
            let email = format!("user.{number}.{run}@example.com");
            let fields = [("email", email.as_str()), ("password", "populated")];
            let ask = Ask::form(hyper::Method::POST, "/users", &fields);
            async move {
                upstream.send(ask).await;
            }
        })
        .await;
}

fn verdicts(run: &Run) -> Vec<(String, Level, Verdict)> {
    run.requirements
        .iter()
        .map(|requirement| {
            let verdict = verdict::of(run, requirement);
            (requirement.id.clone(), requirement.level, verdict)
        })
        .collect()
}

fn failures(run: &Run) -> Vec<(String, String)> {
    run.requirements
        .iter()
        .filter_map(|requirement| {
            let failed = run.scenarios_of(&requirement.id).find_map(|scenario| {
                let Outcome::Failed(failure) = &scenario.outcome else {
                    return None;
                };
                let mismatch = failure.mismatches.first()?;
                Some(format!(
                    "{}: {} is {} instead of {}",
                    scenario.name, mismatch.what, mismatch.actual, mismatch.expected
                ))
            })?;
            Some((requirement.id.clone(), failed))
        })
        .collect()
}

fn broken(run: &Run, kind: Kind) -> Option<String> {
    match &run.ending {
        Ending::Finished => None,
        // A server that does nothing may be given up.
        Ending::Unreachable(_) | Ending::TargetLost(_) if kind == Kind::NullServer => None,
        Ending::Unreachable(why) | Ending::TargetLost(why) => Some(why.clone()),
        Ending::DeadlinePassed(limit) => Some(format!(
            "the run took longer than {}",
            humantime::format_duration(*limit)
        )),
        Ending::Interrupted => Some("the run was interrupted".to_owned()),
        Ending::Defect(what) => Some(format!("the runner failed: {what}")),
    }
}
