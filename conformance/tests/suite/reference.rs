//! The suite against the reference server: everything holds, on a fresh store and on a used one,
//! in any order, side by side.

use std::{rc::Rc, sync::Arc};

use authspec::{
    run::{self, EngineSettings, Run, Silent},
    suite::{Catalogue, Level},
    target::{Reference, Target},
    verdict::{self, Verdict},
};

/// The cheapest cost there is: a millisecond a hash.
const CHEAP: u32 = 4;

fn everything(catalogue: &Catalogue) -> Vec<usize> {
    (0..catalogue.cases.len()).collect()
}

async fn run(catalogue: &Catalogue, target: &Target, settings: &EngineSettings) -> Run {
    run::run(
        catalogue,
        &everything(catalogue),
        target,
        settings,
        Rc::new(Silent),
        std::future::pending(),
    )
    .await
    .expect("a client")
}

fn not_passed(run: &Run) -> Vec<(String, Verdict)> {
    run.requirements
        .iter()
        .map(|requirement| (requirement.id.clone(), verdict::of(run, requirement)))
        .filter(|(_, verdict)| *verdict != Verdict::Pass)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_requirement_holds_three_times_in_a_row_on_one_server() {
    let catalogue = Catalogue::compiled_in().expect("the features are well-formed");
    let reference = Reference::start(CHEAP).await.expect("a free port");
    for _ in 0..3 {
        let run = run(&catalogue, &reference.target, &EngineSettings::default()).await;
        assert_eq!(not_passed(&run), []);
    }
    reference.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_and_the_pace_change_no_verdict() {
    let catalogue = Catalogue::compiled_in().expect("the features are well-formed");
    let reference = Reference::start(CHEAP).await.expect("a free port");
    for (concurrency, shuffle) in [(1, true), (8, false), (8, true)] {
        let settings = EngineSettings {
            concurrency,
            shuffle,
            ..EngineSettings::default()
        };
        let run = run(&catalogue, &reference.target, &settings).await;
        assert_eq!(
            not_passed(&run),
            [],
            "{concurrency} at once, shuffled: {shuffle}"
        );
    }
    reference.stop().await;
}

#[test]
fn two_runs_beside_each_other_do_not_disturb_each_other() {
    let catalogue = Arc::new(Catalogue::compiled_in().expect("the features are well-formed"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let reference = runtime
        .block_on(Reference::start(CHEAP))
        .expect("a free port");
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let (catalogue, target) = (Arc::clone(&catalogue), reference.target.clone());
            let handle = runtime.handle().clone();
            std::thread::spawn(move || {
                let settings = EngineSettings::default();
                not_passed(&handle.block_on(run(&catalogue, &target, &settings)))
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().expect("no panic"), []);
    }
    runtime.block_on(reference.stop());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_against_a_url_keeps_to_its_cost() {
    let catalogue = Catalogue::compiled_in().expect("the features are well-formed");
    let reference = Reference::start(CHEAP).await.expect("a free port");
    // A hash costs a careful target a quarter of a second: this is what a run may ask for.
    for (levels, hashes, requests) in [
        (&[Level::Must][..], 180, 572),
        (&[Level::Must, Level::Should, Level::May], 240, 741),
    ] {
        let selected: Vec<usize> = catalogue
            .cases
            .iter()
            .filter(|case| levels.contains(&case.level))
            .map(|case| case.number)
            .collect();
        let run = run::run(
            &catalogue,
            &selected,
            &Target::at(reference.target.base.clone()),
            &EngineSettings::default(),
            Rc::new(Silent),
            std::future::pending(),
        )
        .await
        .expect("a client");
        let counts = run.counts;
        assert!(counts.hash_operations() <= hashes, "{counts:?}");
        assert!(counts.requests <= requests, "{counts:?}");
    }
    reference.stop().await;
}
