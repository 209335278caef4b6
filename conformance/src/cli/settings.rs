//! What the command line means.

mod baseline;
pub(super) mod target;

use baseline::BaselineSettings;
use target::Reach;

use std::path::Path;

use super::{
    args::{RunArgs, SelectArgs, WatchArgs},
    output,
};
use crate::{
    report::{
        Destination, Format, ReportRequest,
        json::{self, ReadError},
        write::{self, Unwritable},
    },
    run::{EngineSettings, Job},
    scenario::{Names, steps},
    suite::{
        Catalogue, CatalogueError,
        selection::{Selection, SelectionError},
    },
    target::TargetSpec,
    verdict::{ExitStatus, Verdict, baseline::BaselineError},
};

/// Why a command cannot be carried out, all of it known before anything is sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum SettingsError {
    #[error("{0}")]
    BaseUrl(String),
    #[error("'{0}' is no header: write --header 'Name: value'")]
    Header(String),
    #[error("cannot read {path}: {error}")]
    Certificate { path: String, error: String },
    #[error("{0}")]
    Catalogue(#[from] CatalogueError),
    #[error("{0}")]
    Selection(#[from] SelectionError),
    #[error(
        "nothing is selected that can be judged here: all of it needs an empty store, and so a target that is started with authspec -- COMMAND"
    )]
    OnlyFreshStarts,
    #[error(
        "--rerun-failed reads a JSON report: name it, --rerun-failed=report.json, or write one, --report json=report.json"
    )]
    NoReport,
    #[error("{path}: {error}")]
    LastReport { path: String, error: ReadError },
    #[error("nothing that is selected failed in {0}, so there is nothing to run again")]
    NothingFailed(String),
    #[error("the proxy's URL cannot be used: {0}")]
    Proxy(String),
    #[error("{0}")]
    Report(#[from] Unwritable),
    #[error("{path}: {error}")]
    Baseline { path: String, error: BaselineError },
}

impl SettingsError {
    /// Tells it, and hands on how to end for it.
    pub(super) fn told(self) -> ExitStatus {
        let status = match &self {
            Self::OnlyFreshStarts | Self::NothingFailed(_) => ExitStatus::NothingSelected,
            Self::Selection(error) if error.selects_nothing() => ExitStatus::NothingSelected,
            _ => ExitStatus::Usage,
        };
        output::told(self, status)
    }
}

/// A run, ready to begin.
#[derive(Debug)]
pub(super) struct RunSettings {
    pub(super) catalogue: Catalogue,
    pub(super) selected: Vec<usize>,
    pub(super) target: TargetSpec,
    pub(super) engine: EngineSettings,
    pub(super) reports: Vec<ReportRequest>,
    pub(super) baseline: Option<BaselineSettings>,
    pub(super) verbose: bool,
    /// Whether a line says what is judged before it is.
    pub(super) heading: bool,
}

impl RunSettings {
    /// Whether a verdict on what is selected can decide anything.
    pub(super) fn something_counts(&self) -> bool {
        let counts = |number: &usize| {
            let level = self.catalogue.cases[*number].level;
            level.counts(self.engine.strict)
        };
        self.selected.iter().any(counts)
    }

    /// What is to be judged, and by what.
    pub(super) fn job(&self) -> Job<'_> {
        Job {
            catalogue: &self.catalogue,
            selected: &self.selected,
            target: &self.target,
            settings: &self.engine,
        }
    }

    /// What prints for people: on the standard output, unless a report takes that.
    pub(super) fn printer(&self) -> fn(&str) {
        output::beside(&self.reports)
    }

    /// Prints for people.
    pub(super) fn say(&self, text: &str) {
        self.printer()(text);
    }
}

pub(super) fn run(args: &RunArgs) -> Result<RunSettings, SettingsError> {
    write::check(&args.report)?;
    let (catalogue, mut selected) = select(&args.select)?;
    if let Some(path) = &args.rerun_failed {
        selected = failed_last(&catalogue, &selected, path.as_deref(), &args.report)?;
    }
    let reach = target::reach(&args.target, &args.connect)?;
    let plain = plain(catalogue, selected, reach)?;
    Ok(RunSettings {
        engine: EngineSettings {
            deadline: args.deadline,
            strict: args.strict,
            up_to: args.select.up_to,
            concurrency: args.concurrency.map_or(1, usize::from),
            seed: args.seed.unwrap_or_else(Names::random_seed),
            seed_is_chosen: args.seed.is_some(),
            shuffle: args.shuffle,
            ..plain.engine
        },
        reports: args.report.clone(),
        baseline: args
            .baseline
            .as_deref()
            .map(|path| baseline(path, args.update_baseline))
            .transpose()?,
        verbose: args.verbose,
        heading: true,
        ..plain
    })
}

/// A run that is repeated for as long as somebody watches.
pub(super) fn watch(args: &WatchArgs) -> Result<RunSettings, SettingsError> {
    let (catalogue, selected) = select(&args.select)?;
    let reach = target::reach(&args.target, &args.connect)?;
    let plain = plain(catalogue, selected, reach)?;
    Ok(RunSettings {
        engine: EngineSettings {
            deadline: args.deadline,
            strict: args.strict,
            up_to: args.select.up_to,
            ..plain.engine
        },
        ..plain
    })
}

/// A run that nothing more was asked of, where anything that is selected can be judged.
fn plain(
    catalogue: Catalogue,
    selected: Vec<usize>,
    reach: Reach,
) -> Result<RunSettings, SettingsError> {
    let needs_more = |number: &usize| catalogue.cases[*number].fresh_start;
    if reach.target.is_foreign() && selected.iter().all(needs_more) {
        return Err(SettingsError::OnlyFreshStarts);
    }
    Ok(RunSettings {
        catalogue,
        selected,
        target: reach.target,
        engine: EngineSettings {
            client: reach.client,
            wait: reach.wait,
            ..EngineSettings::default()
        },
        reports: Vec::new(),
        baseline: None,
        verbose: false,
        heading: false,
    })
}

/// What a report says did not pass, of what is selected.
fn failed_last(
    catalogue: &Catalogue,
    selected: &[usize],
    named: Option<&Path>,
    reports: &[ReportRequest],
) -> Result<Vec<usize>, SettingsError> {
    let written = reports.iter().find_map(|report| match &report.destination {
        Destination::File(path) if report.format == Format::Json => Some(path.as_path()),
        _ => None,
    });
    let path = named.or(written).ok_or(SettingsError::NoReport)?;
    let shown = || path.display().to_string();
    let report = json::read(path).map_err(|error| SettingsError::LastReport {
        path: shown(),
        error,
    })?;
    let again: Vec<usize> = selected
        .iter()
        .copied()
        .filter(|number| {
            let id = &catalogue.cases[*number].requirement;
            report.requirements.iter().any(|judged| {
                judged.requirement.id == *id
                    && matches!(judged.verdict, Verdict::Fail | Verdict::Incomplete)
            })
        })
        .collect();
    if again.is_empty() {
        return Err(SettingsError::NothingFailed(shown()));
    }
    Ok(again)
}

/// The features, and the numbers of the cases that the options select.
pub(super) fn select(args: &SelectArgs) -> Result<(Catalogue, Vec<usize>), SettingsError> {
    let catalogue = catalogue(args.features.as_deref())?;
    let selection = Selection {
        requirements: args.requirement.clone(),
        tasks: args.task.clone(),
        up_to: args.up_to,
        levels: args.level.clone(),
        tags: args.tags.clone(),
        name: args.name.clone(),
    };
    let selected = selection.of(&catalogue)?;
    Ok((catalogue, selected))
}

pub(super) fn catalogue(folder: Option<&Path>) -> Result<Catalogue, CatalogueError> {
    match folder {
        Some(folder) => {
            let catalogue = Catalogue::from_folder(folder)?;
            steps::check(&catalogue)?;
            Ok(catalogue)
        }
        // A test has checked these steps.
        None => Catalogue::compiled_in(),
    }
}

fn baseline(path: &Path, update: bool) -> Result<BaselineSettings, SettingsError> {
    BaselineSettings::read(path, update).map_err(|error| SettingsError::Baseline {
        path: path.display().to_string(),
        error,
    })
}
