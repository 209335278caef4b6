//! Folders by pattern, their names, and copies of them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use regex::Regex;

/// The folders under `here` that match, in the order of their names. Only the last part of the
/// pattern may hold `*` and `?`.
pub(super) fn matching(here: &Path, pattern: &str) -> io::Result<Vec<PathBuf>> {
    let pattern = Path::new(pattern.trim_end_matches('/'));
    let parent = here.join(pattern.parent().unwrap_or(Path::new("")));
    let last = pattern
        .file_name()
        .map_or_else(|| "*".into(), |name| name.to_string_lossy());
    let wild = regex::escape(&last)
        .replace(r"\*", ".*")
        .replace(r"\?", ".");
    let wild = Regex::new(&format!("^{wild}$")).map_err(io::Error::other)?;
    let parent = if parent.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        parent
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(&parent)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Hidden folders are nobody's work.
        if !name.starts_with('.') && wild.is_match(&name) && entry.path().is_dir() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// What a folder's target is called.
pub(super) fn name(folder: &Path) -> String {
    folder
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// What the grading's own file is called; no target's reports have its name.
pub(super) const GRADING: &str = "grading";

/// A name for a target's files that any file system takes, and that no other target's becomes by
/// letter case alone.
pub(super) fn file_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            'a'..='z' | '0'..='9' | '-' | '_' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            _ => '-',
        })
        .take(80)
        .collect();
    // The comparison's own names are taken.
    let taken = ["index", "comparison", GRADING].contains(&plain.as_str());
    if plain.chars().any(|c| c.is_ascii_alphanumeric()) && !taken {
        plain
    } else {
        format!("target-{plain}")
    }
}

/// Copies a folder with all that is in it. Links are copied as links.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&source, &target)?;
        } else if kind.is_file() {
            fs::copy(&source, &target)?;
        } else if kind.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(&source)?, &target)?;
        }
    }
    Ok(())
}

/// Feeds all that lies in a folder, names and bytes, in the order of the names. What cannot be
/// read cannot be copied either, and is told then.
pub(super) fn content(folder: &Path, feed: &mut dyn FnMut(&[u8])) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        feed(path.file_name().unwrap_or_default().as_encoded_bytes());
        feed(b"\0");
        if path.is_symlink() {
            let to = fs::read_link(&path).unwrap_or_default();
            feed(to.as_os_str().as_encoded_bytes());
        } else if path.is_dir() {
            content(&path, feed);
        } else {
            feed(&fs::read(&path).unwrap_or_default());
        }
        feed(b"\0");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_find_folders_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["ada", "grace", "alan", ".hidden"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("a-file"), "").unwrap();
        let names = |pattern: &str| -> Vec<String> {
            matching(folder.path(), pattern)
                .unwrap()
                .iter()
                .map(|path| name(path))
                .collect()
        };
        assert_eq!(names("*"), ["ada", "alan", "grace"]);
        assert_eq!(names("a*"), ["ada", "alan"]);
        assert_eq!(names("ad?"), ["ada"]);
        assert_eq!(names("a.a"), [""; 0]);
    }

    #[test]
    fn a_copy_has_all_of_it_and_is_apart() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::create_dir_all(from.join("deep")).unwrap();
        fs::write(from.join("deep/a"), "one").unwrap();
        copy(&from, &to).unwrap();
        fs::write(to.join("deep/a"), "two").unwrap();
        assert_eq!(fs::read_to_string(from.join("deep/a")).unwrap(), "one");
    }

    #[test]
    fn names_are_fit_for_files() {
        assert_eq!(file_name("Ada L."), "ada-l-");
        assert_eq!(file_name("../../etc"), "------etc");
        assert_eq!(file_name("密"), "target--");
        assert_eq!(file_name("Index"), "target-index");
    }
}
