//! The arrows between the rooms of the crate go one way: `lib.rs` has the rooms in their order, and
//! each names only those that stand under it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The rooms, the highest first.
fn rooms(source: &Path) -> Vec<String> {
    let lib = fs::read_to_string(source.join("lib.rs")).expect("the crate's root");
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The rooms that a text names, behind `crate::` or within the braces of `use crate::{…}`.
fn named(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (_, rest) in text
        .match_indices("crate::")
        .map(|(at, _)| text.split_at(at + 7))
    {
        let Some(inner) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (at, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                c if begins && c.is_ascii_lowercase() => {
                    names.push(word(&inner[at..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    names
}

fn word(text: &str) -> String {
    let is_part = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    text.chars().take_while(is_part).collect()
}

#[test]
fn a_room_knows_only_those_under_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms = rooms(&source);
    assert!(rooms.len() <= 12, "{rooms:?}");
    let mut wrong = Vec::new();
    for (place, room) in rooms.iter().enumerate() {
        for file in files(&source.join(room)) {
            let text = fs::read_to_string(&file).expect("a file");
            // A test may stand anything beside what it tests.
            let text = text
                .split("#[cfg(test)]\nmod tests")
                .next()
                .unwrap_or_default();
            if file.ends_with("tests.rs") {
                continue;
            }
            for name in named(text) {
                if rooms[..place].contains(&name) {
                    wrong.push(format!("{} names {name}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
