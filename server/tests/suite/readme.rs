//! The README's numbers of lines are those of the sources, to the nearest ten or so.

use std::fs;
use std::path::Path;

/// Lines of a file, or of all files below a folder, without unit tests.
fn lines(path: &Path) -> usize {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        return entries.map(|entry| lines(&entry.unwrap().path())).sum();
    }
    let text = fs::read_to_string(path).unwrap();
    let is_code = |line: &&str| !line.starts_with("#[cfg(test)]");
    text.lines().take_while(is_code).count()
}

#[test]
fn the_numbers_of_lines_are_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(folder.join("README.md")).unwrap();
    let (_, table) = readme.split_once("| in this order |").unwrap();
    let mut seen = 0;
    for row in table.lines().skip(2).take_while(|row| row.starts_with('|')) {
        let mut columns = row.split('|').map(str::trim).skip(1);
        let names = columns.next().unwrap();
        let claimed: usize = columns.next().unwrap().parse().unwrap();
        let paths = names.split(", ").map(|name| name.trim_matches('`'));
        let paths = paths.map(|name| folder.join("src").join(name.trim_end_matches('/')));
        let counted: usize = paths.map(|path| lines(&path)).sum();
        assert!(claimed.abs_diff(counted) <= 10, "{names}: {counted} lines");
        seen += counted;
    }
    assert_eq!(seen, lines(&folder.join("src")), "a file is in no row");
}
