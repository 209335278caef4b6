//! The same server gets the same verdicts, however it is judged.

use authspec::{run::EngineSettings, target::Reference};

use crate::verdicts::{not_passed, of};

const COST: u32 = 4;

fn in_order() -> EngineSettings {
    EngineSettings {
        strict: true,
        ..EngineSettings::default()
    }
}

fn shuffled(seed: u64) -> EngineSettings {
    EngineSettings {
        shuffle: true,
        seed,
        ..in_order()
    }
}

fn side_by_side() -> EngineSettings {
    EngineSettings {
        concurrency: 4,
        ..in_order()
    }
}

#[tokio::test]
async fn in_any_order_and_at_any_pace() {
    for settings in [in_order(), side_by_side(), shuffled(11), shuffled(12)] {
        let reference = Reference::start(COST).await.unwrap();
        let verdicts = of(&reference.target, &settings).await;
        let open = not_passed(&verdicts);
        assert!(open.is_empty(), "{settings:?}: {open:?}");
        reference.stop().await;
    }
}

#[tokio::test]
async fn on_a_server_that_was_judged_before() {
    let reference = Reference::start(COST).await.unwrap();
    let fresh = of(&reference.target, &in_order()).await;
    let dirty = of(&reference.target, &in_order()).await;
    let shuffled_on_dirty = of(&reference.target, &shuffled(13)).await;
    assert_eq!(dirty, fresh);
    assert_eq!(shuffled_on_dirty, fresh);
    reference.stop().await;
}

#[tokio::test]
async fn with_two_runs_at_once() {
    let reference = Reference::start(COST).await.unwrap();
    let (one, other) = (in_order(), in_order());
    let (one, other) = tokio::join!(of(&reference.target, &one), of(&reference.target, &other),);
    assert!(not_passed(&one).is_empty(), "{:?}", not_passed(&one));
    assert_eq!(one, other);
    reference.stop().await;
}
