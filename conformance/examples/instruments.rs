//! What each instrument of the suite catches by itself, as a table over all faults that show on a
//! used server: `cargo run --release --example instruments`. It takes some minutes.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is there to print"
)]

use std::{
    collections::BTreeSet,
    io,
    rc::Rc,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use authspec::{
    proof::{
        faults,
        proxy::{Middleware, Upstream, before},
    },
    run::{self, EngineSettings, Outcome, Run, ScenarioRecord, Silent},
    suite::{Catalogue, Level, Requirement},
    target::{Target, base_url},
};

/// How many faults are tried at once.
const JOBS: usize = 4;

/// What a run is made of, and the instruments that are told apart in it.
const PARTS: [Part; 4] = [
    Part::Explained,
    Part::Histories("people"),
    Part::Histories("every call in every"),
    Part::Histories("nearly right"),
];

const INSTRUMENTS: [&str; 6] = [
    "the scenarios that explain a requirement",
    "the histories of people",
    "every call in every spelling",
    "the near misses",
    "the watch over the exchanges of those scenarios",
    "the roll call after those scenarios",
];
const WATCH: usize = 4;
const ROLL_CALL: usize = 5;

const ROLL: &str = "The roll of everybody who ever registered";

/// Which scenarios a run has.
#[derive(Clone, Copy)]
enum Part {
    Explained,
    Histories(&'static str),
}

impl Part {
    fn has(self, requirement: &str, name: &str) -> bool {
        match self {
            Self::Explained => requirement != "WALK-1" || name == ROLL,
            Self::Histories(words) => requirement == "WALK-1" && name.contains(words),
        }
    }
}

fn main() -> io::Result<()> {
    let catalogue = Catalogue::compiled_in().map_err(io::Error::other)?;
    let mut all = faults::all();
    all.retain(|fault| !fault.needs_fresh_start);
    // What an instrument finds on a server without a fault would be no finding.
    let none = tried(&Middleware::default(), &catalogue).map_err(io::Error::other)?;
    assert!(none.is_empty(), "an alarm without a fault: {none:?}");
    let (next, caught) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..JOBS {
            scope.spawn(|| {
                while let Some(fault) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match tried(&fault.middleware, &catalogue) {
                        Ok(found) => {
                            let mut caught = caught.lock().unwrap_or_else(PoisonError::into_inner);
                            caught.push(found);
                            if caught.len() % 50 == 0 {
                                eprintln!("{} of {} faults …", caught.len(), all.len());
                            }
                        }
                        Err(why) => eprintln!("{}: {why}", fault.id),
                    }
                }
            });
        }
    });
    let caught = caught.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!(
        "of {:<47}by itself  nothing else",
        format!("{} faults", caught.len())
    );
    for (at, name) in INSTRUMENTS.into_iter().enumerate() {
        let by_itself = caught.iter().filter(|found| found.contains(&at)).count();
        let alone = caught.iter().filter(|found| found.iter().eq([&at])).count();
        println!("{name:<50}{by_itself:>9}{alone:>14}");
    }
    let none = caught.iter().filter(|found| found.is_empty()).count();
    println!("{:<50}{none:>9}", "none by itself");
    Ok(())
}

/// The instruments that catch the fault, each by itself.
fn tried(fault: &Middleware, catalogue: &Catalogue) -> Result<BTreeSet<usize>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let mut found = BTreeSet::new();
    for (number, part) in PARTS.into_iter().enumerate() {
        let run = runtime.block_on(judged(fault, catalogue, part))?;
        let (roll, others): (Vec<_>, Vec<_>) =
            run.scenarios.iter().partition(|record| record.name == ROLL);
        let failed = |record: &&ScenarioRecord| matches!(record.outcome, Outcome::Failed(_));
        if others.iter().any(failed) {
            found.insert(number);
        }
        if matches!(part, Part::Explained) {
            // What the document is silent about has its turn after the watch has looked back.
            let is_must = |record: &&&ScenarioRecord| {
                let of = |known: &&Requirement| known.id == record.requirement;
                let level = run.requirements.iter().find(of).map(|known| known.level);
                level == Some(Level::Must)
            };
            if others.iter().filter(is_must).any(|record| departs(record)) {
                found.insert(WATCH);
            }
            if roll.iter().any(|record| departs(record)) {
                found.insert(ROLL_CALL);
            }
        }
    }
    Ok(found)
}

fn departs(record: &ScenarioRecord) -> bool {
    let exchanges = &record.exchanges;
    exchanges
        .iter()
        .any(|exchange| exchange.departure.is_some())
}

async fn judged(fault: &Middleware, catalogue: &Catalogue, part: Part) -> Result<Run, String> {
    let upstream = Upstream::reference().map_err(|error| error.to_string())?;
    let running = before(upstream, fault.clone())
        .await
        .map_err(|error| error.to_string())?;
    let of_part = catalogue
        .cases
        .iter()
        .filter(|case| !case.fresh_start && part.has(&case.requirement, &case.name));
    let selected: Vec<usize> = of_part.map(|case| case.number).collect();
    let run = run::run(
        catalogue,
        &selected,
        &Target::at(base_url(&running.url)?),
        &EngineSettings {
            strict: true,
            ..EngineSettings::default()
        },
        Rc::new(Silent),
        std::future::pending(),
    )
    .await
    .map_err(|error| error.to_string());
    running.stop().await;
    run
}
