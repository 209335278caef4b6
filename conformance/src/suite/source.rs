//! Where the text of the features comes from: the program itself, or a folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use include_dir::{Dir, include_dir};

use super::CatalogueError;

static COMPILED_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../features");

/// The order in which a reader, and a run, meets the areas.
const READING_ORDER: [&str; 12] = [
    "welcome",
    "registration",
    "login",
    "profile",
    "logout",
    "reset",
    "update",
    "end_to_end",
    "http",
    "registration_input",
    "login_input",
    "update_input",
];

/// The text of one feature file.
#[derive(Clone, Debug)]
pub struct FeatureText {
    /// The file as reports name it, such as `features/login.feature`.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// The features that the program was built with.
pub(super) fn compiled_in() -> Vec<FeatureText> {
    let mut texts: Vec<FeatureText> = COMPILED_IN
        .files()
        .filter(|file| file.path().extension().is_some_and(|e| e == "feature"))
        .filter_map(|file| {
            Some(FeatureText {
                name: format!("features/{}", file.path().display()),
                text: file.contents_utf8()?.to_owned(),
            })
        })
        .collect();
    sort(&mut texts);
    texts
}

/// The features under a folder.
pub(super) fn folder(folder: &Path) -> Result<Vec<FeatureText>, CatalogueError> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    if files.is_empty() {
        return Err(CatalogueError::Empty(folder.to_owned()));
    }
    let mut texts = Vec::with_capacity(files.len());
    for path in files {
        texts.push(FeatureText {
            name: path.display().to_string(),
            text: fs::read_to_string(&path).map_err(unreadable(&path))?,
        });
    }
    sort(&mut texts);
    Ok(texts)
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> CatalogueError {
    move |source| CatalogueError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), CatalogueError> {
    let unreadable = unreadable(folder);
    if folder.is_file() {
        files.push(folder.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(&unreadable)? {
        let entry = entry.map_err(&unreadable)?;
        let path = entry.path();
        // The entry's own type: a link to a folder above would never end.
        if entry.file_type().map_err(&unreadable)?.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "feature") {
            files.push(path);
        }
    }
    Ok(())
}

fn sort(texts: &mut [FeatureText]) {
    texts.sort_by_key(|text| {
        let stem = Path::new(&text.name)
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let place = READING_ORDER
            .iter()
            .position(|known| *known == stem)
            .unwrap_or(READING_ORDER.len());
        (place, text.name.clone())
    });
}
