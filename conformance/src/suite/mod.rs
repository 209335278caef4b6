//! All features, parsed and checked: the requirements of the suite and the cases that prove them.
//!
//! `source` finds the text, `parse` makes Gherkin of it, `lint` refuses what could pass without
//! proving anything, and `selection` and `plan` say what runs and in which order.

mod case;
mod error;
mod lint;
mod parse;
pub mod plan;
mod requirement;
pub mod selection;
mod source;
mod tags;

pub use case::{Case, Risk, lines};
pub use error::{CatalogueError, Problem};
pub use requirement::{Level, Location, Requirement};
pub use source::FeatureText;

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::http::hex::hex;

/// The parsed and checked features.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Every requirement, area by area, and in each by the number in the id.
    pub requirements: Vec<Requirement>,
    /// Every scenario, rows of outlines one by one, in the same order.
    pub cases: Vec<Case>,
    /// `sha256:…` over the names and texts of the files.
    pub digest: String,
    /// Whether these are the features that the program was built with.
    pub compiled_in: bool,
}

impl Catalogue {
    /// The features that the program was built with.
    ///
    /// # Errors
    /// When one of them is not well-formed, which a test rules out.
    pub fn compiled_in() -> Result<Self, CatalogueError> {
        let mut catalogue = Self::from_texts(&source::compiled_in())?;
        catalogue.compiled_in = true;
        Ok(catalogue)
    }

    /// The features of a folder, searched through and through.
    ///
    /// # Errors
    /// When the folder cannot be read, holds no feature, or holds one that is not well-formed.
    pub fn from_folder(folder: &Path) -> Result<Self, CatalogueError> {
        Self::from_texts(&source::folder(folder)?)
    }

    /// The features in these texts.
    ///
    /// # Errors
    /// When one is not well-formed; all problems at once. Whether its steps have definitions is
    /// for the vocabulary to say.
    pub fn from_texts(texts: &[FeatureText]) -> Result<Self, CatalogueError> {
        let mut requirements = Vec::new();
        let mut cases = Vec::new();
        let mut problems = Vec::new();
        for text in texts {
            match parse::feature(text) {
                Ok((stated, proving)) => {
                    requirements.extend(stated);
                    cases.extend(proving);
                }
                Err(found) => problems.extend(found),
            }
        }
        problems.extend(lint::catalogue(&requirements, &cases));
        if !problems.is_empty() {
            return Err(CatalogueError::Problems(problems));
        }
        for (number, case) in cases.iter_mut().enumerate() {
            case.number = number;
        }
        by_area(&mut requirements);
        Ok(Self {
            requirements,
            cases,
            digest: digest(texts),
            compiled_in: false,
        })
    }

    /// The requirement with that id, in any letter case.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements
            .iter()
            .find(|requirement| requirement.id.eq_ignore_ascii_case(id))
    }

    /// The cases of one requirement.
    pub fn cases_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Case> {
        self.cases.iter().filter(move |case| case.requirement == id)
    }
}

/// Brings the requirements of an area together where several files state them, by their numbers.
fn by_area(requirements: &mut [Requirement]) {
    let mut areas: Vec<String> = Vec::new();
    for requirement in requirements.iter() {
        if !areas.contains(&requirement.area) {
            areas.push(requirement.area.clone());
        }
    }
    requirements.sort_by_key(|requirement| {
        let area = areas.iter().position(|area| *area == requirement.area);
        let number: Option<u32> = requirement
            .id
            .rsplit_once('-')
            .and_then(|(_, number)| number.parse().ok());
        (area, number)
    });
}

fn digest(texts: &[FeatureText]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.name.as_bytes());
        hash.update([0]);
        hash.update(text.text.as_bytes());
        hash.update([0]);
    }
    format!("sha256:{}", hex(&hash.finalize()))
}
