//! A version is known by the features that it judges by.

use std::{fs, path::Path};

use authspec::suite::Catalogue;

#[test]
fn the_newest_entry_is_of_this_version_and_names_the_features_it_judges_by() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(folder.join("CHANGELOG.md")).expect("the changelog");
    let newest = text.split("\n## ").nth(1).expect("an entry");
    let version = newest.lines().next().expect("a version").trim();
    assert_eq!(
        version,
        env!("CARGO_PKG_VERSION"),
        "the newest entry of conformance/CHANGELOG.md is of another version than Cargo.toml"
    );
    let digest = Catalogue::compiled_in().expect("features").digest;
    assert!(
        newest.contains(&format!("features {digest}\n")),
        "the features have changed: begin an entry of a new version in conformance/CHANGELOG.md, or, where this one is \
         not released yet, say in it what changed; its line about the features has to be\n\nfeatures {digest}\n"
    );
}
