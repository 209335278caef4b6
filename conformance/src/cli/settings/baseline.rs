//! The baseline of a run.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    cli::output,
    report::whole_file,
    run::{Ending, Run},
    verdict::baseline::{Baseline, BaselineError, Judgement, updated},
};

/// The baseline of a run, read before anything is sent.
#[derive(Debug)]
pub(in crate::cli) struct BaselineSettings {
    path: PathBuf,
    text: String,
    known: Baseline,
    update: bool,
}

impl BaselineSettings {
    /// Reads the baseline. A file that is still to be written need not be there.
    pub(in crate::cli) fn read(path: &Path, update: bool) -> Result<Self, BaselineError> {
        if update {
            whole_file::check(path)?;
        }
        let text = match fs::read_to_string(path) {
            Err(error) if update && error.kind() == io::ErrorKind::NotFound => String::new(),
            text => text?,
        };
        Ok(Self {
            path: path.to_owned(),
            known: Baseline::parse(&text)?,
            text,
            update,
        })
    }

    /// What it makes of a run; rewritten first, where that was asked for.
    pub(in crate::cli) fn judge(&self, run: &Run) -> Judgement {
        if !self.update || !has_something_to_say(run) {
            return Judgement::of(&self.known, run);
        }
        match self.rewrite(run) {
            Ok(fresh) => Judgement::of(&fresh, run),
            Err(error) => {
                output::error(&format!("{}: {error}", self.path.display()));
                Judgement::of(&self.known, run)
            }
        }
    }

    fn rewrite(&self, run: &Run) -> Result<Baseline, BaselineError> {
        let text = updated(&self.text, run)?;
        let fresh = Baseline::parse(&text)?;
        if text != self.text {
            whole_file::write(&self.path, text.as_bytes())?;
        }
        Ok(fresh)
    }
}

/// A run that never reached its target, or that broke down, is no reason to rewrite anything.
fn has_something_to_say(run: &Run) -> bool {
    !matches!(run.ending, Ending::Unreachable(_) | Ending::Defect(_))
}
