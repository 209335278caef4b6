//! What the command line means.

use std::{fs, path::Path, time::Duration};

use reqwest::{
    Url,
    header::{HeaderName, HeaderValue},
};

use super::{
    args::{RunArgs, SelectArgs},
    gate::BaselineSettings,
};
use crate::{
    baseline::BaselineError,
    catalogue::{
        Catalogue, CatalogueError,
        selection::{Selection, SelectionError},
    },
    client::ClientSettings,
    engine::EngineSettings,
    exit::ExitStatus,
    names::Names,
    report::{
        format::{Destination, ReportRequest},
        write::{self, Unwritable},
    },
    target,
};

/// The pause before a request to a target that is not our own. Many real ones answer 500 now and
/// then when a request follows the last answer within a millisecond or two, and never after 5 ms.
const FOREIGN_PAUSE: Duration = Duration::from_millis(10);

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
    #[error("{0}")]
    Report(#[from] Unwritable),
    #[error("{path}: {error}")]
    Baseline { path: String, error: BaselineError },
}

impl SettingsError {
    pub(super) fn exit_status(&self) -> ExitStatus {
        match self {
            Self::Selection(error) if error.selects_nothing() => ExitStatus::NothingSelected,
            _ => ExitStatus::Usage,
        }
    }
}

/// What to judge.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum TargetSettings {
    Url(Url),
    Reference { bcrypt_cost: u32 },
}

/// A run, ready to begin.
#[derive(Debug)]
pub(super) struct RunSettings {
    pub(super) catalogue: Catalogue,
    pub(super) selected: Vec<usize>,
    pub(super) target: TargetSettings,
    pub(super) engine: EngineSettings,
    pub(super) reports: Vec<ReportRequest>,
    pub(super) baseline: Option<BaselineSettings>,
    pub(super) chosen_seed: bool,
    pub(super) verbose: bool,
}

impl RunSettings {
    /// Whether a report takes the standard output, so that nothing else may go there.
    pub(super) fn report_on_stdout(&self) -> bool {
        self.reports
            .iter()
            .any(|report| report.destination == Destination::Stdout)
    }
}

pub(super) fn run(args: &RunArgs) -> Result<RunSettings, SettingsError> {
    let target = match args.base_url.as_deref().map(str::trim) {
        // An empty variable is how pipelines say that there is none.
        None | Some("") => TargetSettings::Reference {
            bcrypt_cost: args.reference_bcrypt_cost,
        },
        Some(url) => TargetSettings::Url(target::base_url(url).map_err(SettingsError::BaseUrl)?),
    };
    write::check(&args.report)?;
    let (catalogue, selected) = select(&args.select)?;
    let own_pause = match target {
        TargetSettings::Url(_) => FOREIGN_PAUSE,
        TargetSettings::Reference { .. } => Duration::ZERO,
    };
    let client = ClientSettings {
        pause: args.pause.unwrap_or(own_pause),
        timeout: args.timeout,
        headers: args
            .header
            .iter()
            .map(|text| header(text))
            .collect::<Result<_, _>>()?,
        certificates: args
            .ca
            .as_deref()
            .map(certificates)
            .transpose()?
            .unwrap_or_default(),
        insecure: args.insecure,
    };
    Ok(RunSettings {
        catalogue,
        selected,
        target,
        engine: EngineSettings {
            client,
            concurrency: args.concurrency.map_or(1, usize::from),
            deadline: args.deadline,
            wait: args.wait,
            seed: args.seed.unwrap_or_else(Names::random_seed),
            shuffle: args.shuffle,
            strict: args.strict,
        },
        reports: args.report.clone(),
        baseline: args
            .baseline
            .as_deref()
            .map(|path| baseline(path, args.update_baseline))
            .transpose()?,
        chosen_seed: args.seed.is_some(),
        verbose: args.verbose,
    })
}

/// The features, and the numbers of the cases that the options select.
pub(super) fn select(args: &SelectArgs) -> Result<(Catalogue, Vec<usize>), SettingsError> {
    let catalogue = catalogue(args.features.as_deref())?;
    let selection = Selection {
        requirements: args.requirement.clone(),
        tasks: args.task.clone(),
        levels: args.level.clone(),
        tags: args.tags.clone(),
        name: args.name.clone(),
    };
    let selected = selection.of(&catalogue)?;
    Ok((catalogue, selected))
}

pub(super) fn catalogue(folder: Option<&Path>) -> Result<Catalogue, CatalogueError> {
    match folder {
        Some(folder) => Catalogue::from_folder(folder),
        None => Catalogue::compiled_in(),
    }
}

fn baseline(path: &Path, update: bool) -> Result<BaselineSettings, SettingsError> {
    BaselineSettings::read(path, update).map_err(|error| SettingsError::Baseline {
        path: path.display().to_string(),
        error,
    })
}

fn header(text: &str) -> Result<(HeaderName, HeaderValue), SettingsError> {
    // The value may be a secret, so an error shows the name at most.
    let wrong = || SettingsError::Header(text.split(':').next().unwrap_or_default().to_owned());
    let (name, value) = text.split_once(':').ok_or_else(wrong)?;
    let name = name.trim().parse().map_err(|_| wrong())?;
    let mut value: HeaderValue = value.trim().parse().map_err(|_| wrong())?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn certificates(path: &Path) -> Result<Vec<reqwest::Certificate>, SettingsError> {
    let wrong = |error: String| SettingsError::Certificate {
        path: path.display().to_string(),
        error,
    };
    let pem = fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let found =
        reqwest::Certificate::from_pem_bundle(&pem).map_err(|error| wrong(error.to_string()))?;
    if found.is_empty() {
        return Err(wrong("it holds no certificate in PEM form".to_owned()));
    }
    Ok(found)
}
