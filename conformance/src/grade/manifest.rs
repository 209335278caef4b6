//! Which grading an output folder holds, and which part of it: what tells the parts of one
//! grading from parts of another, before they are put together.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Entry, GradeError, Graded, Judging, Plan, Points, folders::GRADING, result};
use crate::{grade::shard::Shard, http::hex::hex, report::whole_file};

/// A grading, or a part of one.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Manifest {
    /// The version of the program that judged.
    program: String,
    /// The digest of the suite's features.
    suite: String,
    /// Whether `should` counts.
    pub strict: bool,
    /// What requirements are worth, where points are given.
    #[serde(default)]
    pub points: Option<Points>,
    /// A digest of the file of targets, or of the command, and of all names.
    plan: String,
    /// The names of all targets of the whole, in their order.
    targets: Vec<String>,
    /// Which part this is.
    part: Shard,
    /// What the results of this part depend on, by target.
    keys: BTreeMap<String, String>,
}

impl Manifest {
    /// That of the part of a plan that is about to be judged.
    pub fn of(plan: &Plan, part: Shard, entries: &[(usize, Entry)], judging: &Judging) -> Self {
        let targets: Vec<String> = plan
            .entries
            .iter()
            .map(|entry| entry.name.clone())
            .collect();
        let written = format!("{}\0{}", plan.source, targets.join("\0"));
        Self {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            suite: judging.suite.clone(),
            strict: judging.strict,
            points: plan.points.clone(),
            plan: hex(&Sha256::digest(written)),
            targets,
            part,
            keys: entries
                .iter()
                .map(|(_, entry)| (entry.name.clone(), result::key(entry, judging)))
                .collect(),
        }
    }

    /// Writes it into an output folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), GradeError> {
        let path = path(folder);
        serde_json::to_string_pretty(self)
            .map_err(io::Error::other)
            .and_then(|text| whole_file::write(&path, (text + "\n").as_bytes()))
            .map_err(|source| GradeError::Output { path, source })
    }

    fn read(folder: &Path) -> Result<Self, GradeError> {
        let wrong =
            |message: String| GradeError::NoWhole(format!("{}: {message}", folder.display()));
        let text = fs::read_to_string(path(folder))
            .map_err(|error| wrong(format!("it holds no grading ({error})")))?;
        serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
    }

    /// Why this is no part of the same grading as `first`, which lies in `other`.
    fn unlike(&self, first: &Self, other: &Path) -> Option<String> {
        let other = other.display();
        if self.suite != first.suite || self.program != first.program {
            return Some(format!("it was judged by another suite than {other}"));
        }
        if self.strict != first.strict {
            let word = if self.strict { "with" } else { "without" };
            return Some(format!("it was graded {word} --strict, unlike {other}"));
        }
        if self.plan != first.plan {
            return Some(format!(
                "its targets are those of another file than {other}'s"
            ));
        }
        (self.part.of != first.part.of).then(|| {
            format!(
                "it is part {}, and {other} is part {}",
                self.part, first.part
            )
        })
    }

    /// The results of this part, all of them.
    fn results(&self, folder: &Path) -> Result<Vec<Graded>, GradeError> {
        let mine = (self.targets.iter().enumerate()).filter(|(place, _)| self.part.has(*place));
        mine.map(|(place, name)| {
            let key = self.keys.get(name).map_or("", String::as_str);
            let graded = Graded::kept(folder, name, key).ok_or_else(|| {
                GradeError::NoWhole(format!(
                    "{}: {name:?} is not judged yet; the same grading goes on from there",
                    folder.display()
                ))
            })?;
            Ok(Graded { place, ..graded })
        })
        .collect()
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(format!("{GRADING}.json"))
}

/// A part's folder, and its results.
type Results = (PathBuf, Vec<Graded>);

/// All parts of one grading, each once: what is known of the whole, and each part's results.
pub(super) fn whole(folders: &[PathBuf]) -> Result<(Manifest, Vec<Results>), GradeError> {
    let mut parts: Vec<(&PathBuf, Manifest)> = Vec::new();
    for folder in folders {
        let part = Manifest::read(folder)?;
        if let Some((other, first)) = parts.first()
            && let Some(why) = part.unlike(first, other)
        {
            return Err(GradeError::NoWhole(format!("{}: {why}", folder.display())));
        }
        if let Some((other, _)) = parts.iter().find(|(_, known)| known.part == part.part) {
            return Err(GradeError::NoWhole(format!(
                "{} and {} are both part {}",
                other.display(),
                folder.display(),
                part.part
            )));
        }
        parts.push((folder, part));
    }
    let Some((_, first)) = parts.first() else {
        return Err(GradeError::NoWhole("there is no part".to_owned()));
    };
    let of = first.part.of;
    // Where there are more parts than targets, the last ones have nothing to judge.
    let missing: Vec<String> = (1..=of.min(first.targets.len()))
        .map(|number| Shard { number, of })
        .filter(|part| parts.iter().all(|(_, known)| known.part != *part))
        .map(|part| part.to_string())
        .collect();
    if !missing.is_empty() {
        return Err(GradeError::NoWhole(format!(
            "missing: part {}",
            missing.join(", part ")
        )));
    }
    let results = parts
        .iter()
        .map(|(folder, part)| Ok(((*folder).clone(), part.results(folder)?)))
        .collect::<Result<_, GradeError>>()?;
    let keys = parts.iter().flat_map(|(_, part)| part.keys.clone());
    let whole = Manifest {
        part: Shard::WHOLE,
        keys: keys.collect(),
        ..first.clone()
    };
    Ok((whole, results))
}
