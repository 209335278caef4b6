//! Replays the fuzz targets' corpus, so that what fuzzing found stays found.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/targets.rs"]
mod targets;

fn replay(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name);
    let mut replayed = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        target(&fs::read(entry.unwrap().path()).unwrap());
        replayed += 1;
    }
    assert!(
        replayed >= 10,
        "only {replayed} inputs are in {}",
        folder.display()
    );
}

#[test]
fn forms() {
    replay("form", targets::form);
}

#[test]
fn cookies() {
    replay("cookies", targets::cookies);
}

#[test]
fn requests() {
    replay("request", targets::request);
}
