//! Histories: free ones find nothing on a server that keeps the document, and the story of one
//! that failed repeats it.

use std::{process::Command, rc::Rc, time::Duration};

use authspec::{
    http::ClientSettings,
    proof::{
        explore::{Bounds, Found, explore},
        proxy::{Case, Middleware, Response, Upstream, before},
    },
    run::{self, EngineSettings, Outcome, Silent},
    suite::Catalogue,
    target::{Reference, Target, base_url},
};

/// How many free histories are walked. `authspec explore` walks longer ones, as many as there is
/// time for.
const HISTORIES: u64 = 10_000;

/// How many walk at once; each has its own people and its own model.
const WALKERS: u64 = 4;

#[tokio::test(flavor = "multi_thread")]
async fn the_model_accepts_the_reference_server_on_ten_thousand_free_histories() {
    let reference = Reference::start(4).await.expect("a free port");
    let walks = (0..WALKERS).map(|walker| {
        let each = HISTORIES / WALKERS;
        let bounds = Bounds {
            steps: 10,
            hashes: 4,
            ..Bounds::new(walker * each..(walker + 1) * each, Duration::from_mins(10))
        };
        let base = reference.target.base.clone();
        tokio::spawn(async move {
            let settings = ClientSettings::default();
            explore(base, &settings, Duration::from_secs(5), bounds, |_| {})
                .await
                .expect("a client")
        })
    });
    let mut walked = 0;
    for explored in futures::future::join_all(walks).await {
        let explored = explored.expect("no panic");
        assert!(
            matches!(explored.found, Found::Nothing),
            "{:?}",
            explored.found
        );
        walked += explored.walked;
    }
    assert_eq!(walked, HISTORIES);
    reference.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_is_short_and_its_script_repeats_it() {
    if Command::new("curl").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "curl is not installed");
        eprintln!("skipped: curl is not installed");
        return;
    }
    let upstream = Upstream::reference().expect("a store in memory");
    // Who has logged in twice is refused with the first of her sessions in an unusual way.
    let fault = Middleware::default().at(&[Case::ProfileEnded], |_, _, response, state| {
        if state.logins.len() > 1 {
            *response = Response::page(404);
        }
    });
    let running = before(upstream, fault).await.expect("a free port");
    let target = Target::at(base_url(&running.url).expect("a URL"));
    let catalogue = Catalogue::compiled_in().expect("well-formed features");
    let walks: Vec<usize> = catalogue
        .cases_of("WALK-1")
        .map(|case| case.number)
        .collect();
    let run = run::run(
        &catalogue,
        &walks,
        &target,
        &EngineSettings::default(),
        Rc::new(Silent),
        std::future::pending(),
    )
    .await
    .expect("a client");
    let story = run
        .scenarios_of("WALK-1")
        .find_map(|scenario| match &scenario.outcome {
            Outcome::Failed(failure) => failure.story.clone(),
            _ => None,
        })
        .expect("a history fails, with a story");
    assert!(story.lines.len() <= 5, "{story:#?}");
    assert!(
        story
            .lines
            .last()
            .is_some_and(|line| line.expected.is_some())
    );
    let script = story.script.join("\n");
    let printed = tokio::task::spawn_blocking(move || {
        Command::new("sh")
            .args(["-c", &script])
            .output()
            .expect("sh")
    })
    .await
    .expect("it ends");
    let text = String::from_utf8_lossy(&printed.stdout).into_owned();
    let last = text.rsplit("HTTP/1.1 ").next().unwrap_or_default();
    assert!(last.starts_with("404"), "{text}\n{:#?}", story.script);
    running.stop().await;
}
