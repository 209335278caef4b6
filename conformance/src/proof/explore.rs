//! Walks histories that no run walks: other people, other values, another order, one after
//! another, for maintainers and for nights.

use std::{
    ops::Range,
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::Url;

use crate::{
    http::{Client, ClientSettings, Counts, Exchange},
    model, run,
    scenario::{Context, FailedStep, Failure, Names, Stopped, World},
    suite::Location,
};

/// How far to go.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// A history for each of these seeds.
    pub seeds: Range<u64>,
    /// The most time that all of them may take.
    pub time: Duration,
    /// How many calls a history has.
    pub steps: usize,
    /// How many of them may hash a password.
    pub hashes: usize,
}

impl Bounds {
    /// Long histories of these seeds, for so much time.
    pub fn new(seeds: Range<u64>, time: Duration) -> Self {
        Self {
            seeds,
            time,
            steps: 40,
            hashes: 14,
        }
    }
}

/// What came of exploring.
#[derive(Debug)]
pub struct Explored {
    /// How many histories were walked.
    pub walked: u64,
    /// What was sent.
    pub counts: Counts,
    /// Why it ended.
    pub found: Found,
}

/// Why exploring ended.
#[derive(Debug)]
pub enum Found {
    /// The time was over, or the seeds were.
    Nothing,
    /// An answer departs from the document.
    Departure {
        /// The seed that repeats it.
        seed: u64,
        /// What is wrong, with the shortest story.
        failure: Box<Failure>,
        /// The exchange that shows it.
        shows: Box<Option<Exchange>>,
    },
    /// Nothing can be told any more.
    Untold(String),
    /// The target did not answer at all.
    Unreachable(String),
    /// The runner is at fault.
    Defect(String),
}

/// Explores the target at `base` with one history for each seed, until one departs from the
/// document or a bound is met. `progress` hears how many were walked.
///
/// # Errors
/// When no HTTP client can be made.
pub async fn explore(
    base: Url,
    client: &ClientSettings,
    wait: Duration,
    bounds: Bounds,
    mut progress: impl FnMut(u64),
) -> Result<Explored, reqwest::Error> {
    let until = Instant::now() + bounds.time;
    let context = Arc::new(Context::new(
        Client::new(base, client.clone())?,
        Names::new(bounds.seeds.start),
    ));
    let mut walked = 0;
    let mut found = Found::Nothing;
    if let Err(why) = run::answers(&context, wait).await {
        found = Found::Unreachable(why);
    } else {
        for seed in bounds.seeds.clone() {
            if Instant::now() >= until {
                break;
            }
            walked += 1;
            progress(walked);
            if let Some(departs) = walk(&context, seed, &bounds).await {
                found = departs;
                break;
            }
        }
    }
    Ok(Explored {
        walked,
        counts: context.client.counts(),
        found,
    })
}

/// Walks the history of one seed. Its people are new ones: the run's own seed is in their names.
async fn walk(context: &Arc<Context>, seed: u64, bounds: &Bounds) -> Option<Found> {
    let history = model::draw_freely(seed, bounds.steps, bounds.hashes);
    let started = uuid::Uuid::new_v4();
    let mut world = World::new(Arc::clone(context), format!("explore/{seed}/{started}"));
    if world.set_out(&history).await.is_ok() {
        // What it found is told when the world is over.
        let _ = world.arrive().await;
    }
    let (exchanges, stopped) = world.finish();
    match stopped? {
        Stopped::Fault {
            mismatches,
            exchange,
            story,
        } => Some(Found::Departure {
            seed,
            shows: Box::new(exchange.and_then(|at| exchanges.get(at).cloned())),
            failure: Box::new(Failure {
                step: FailedStep {
                    keyword: "Then".to_owned(),
                    text: "each of its calls is answered as the document says".to_owned(),
                    location: Location {
                        file: "explore".to_owned(),
                        line: 0,
                    },
                },
                mismatches,
                exchange: None,
                story,
            }),
        }),
        Stopped::Obstacle(obstacle) => Some(Found::Untold(obstacle.cause)),
        Stopped::Defect(what) => Some(Found::Defect(what)),
    }
}
