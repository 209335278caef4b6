//! The comparison in its four forms, and the parts of a grading brought together.

use std::{
    fs,
    path::{Path, PathBuf},
};

use askama::Template;

use super::{Comparison, GradeError, Graded, Manifest, manifest, points, tables};
use crate::{
    http::visible::in_json,
    report::{Assets, whole_file},
};

#[derive(Template)]
#[template(path = "grade/page.html")]
struct Page<'a> {
    assets: Assets,
    comparison: &'a Comparison,
}

impl Page<'_> {
    /// The level of each requirement and the word for the verdict on it.
    fn cells(&self, row: &super::Row) -> Vec<(crate::suite::Level, &'static str)> {
        let columns = self.comparison.requirements.iter().enumerate();
        columns
            .map(|(at, column)| {
                let verdict = row
                    .verdicts
                    .get(at)
                    .map_or("none", |verdict| verdict.as_str());
                (column.level, verdict)
            })
            .collect()
    }
}

/// Writes the comparison into the folder: `index.html`, and `comparison` with the endings `md`,
/// `csv` and `json`; and its points onto the page of each target.
///
/// # Errors
/// When one of them cannot be written.
pub fn write_comparison(folder: &Path, comparison: &Comparison) -> Result<(), GradeError> {
    let html = Page {
        assets: Assets::new(
            include_str!("../../templates/grade/style.css"),
            include_str!("../../templates/grade/script.js"),
        ),
        comparison,
    }
    .render()
    .map_err(|error| std::io::Error::other(error.to_string()));
    let json = serde_json::to_string_pretty(comparison).map_err(std::io::Error::other);
    let files = [
        ("index.html", html),
        ("comparison.md", Ok(tables::markdown(comparison))),
        ("comparison.csv", Ok(tables::csv(comparison))),
        (
            "comparison.json",
            json.map(|text| in_json(&text).into_owned() + "\n"),
        ),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        text.and_then(|text| whole_file::write(&path, text.as_bytes()))
            .map_err(|source| GradeError::Output { path, source })?;
    }
    for row in &comparison.targets {
        if let Some(page) = &row.report {
            let path = folder.join(page);
            points::show_on(&path, row.points)
                .map_err(|source| GradeError::Output { path, source })?;
        }
    }
    Ok(())
}

/// Brings the parts of a grading together in `folder`: results and reports. Yields what is known
/// of the whole.
///
/// # Errors
/// When they are not all parts of one grading, each once and done, or when a file cannot be copied.
pub fn gather(parts: &[PathBuf], folder: &Path) -> Result<(Manifest, Vec<Graded>), GradeError> {
    let (whole, parts) = manifest::whole(parts)?;
    let unwritable = |source| GradeError::Output {
        path: folder.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(unwritable)?;
    let mut all: Vec<Graded> = Vec::new();
    for (part, results) in parts {
        for graded in results {
            for ending in ["json", "html"] {
                let name = format!("{}.{ending}", graded.stem());
                let from = part.join(&name);
                if from.exists() {
                    fs::copy(from, folder.join(name)).map_err(unwritable)?;
                }
            }
            graded.keep(folder).map_err(unwritable)?;
            all.push(graded);
        }
    }
    whole.write(folder)?;
    all.sort_by_key(|graded| graded.place);
    Ok((whole, all))
}
