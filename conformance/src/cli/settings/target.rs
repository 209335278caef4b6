//! What the options about the target mean.

use std::{fs, path::Path, sync::Arc, time::Duration};

use reqwest::header::{HeaderName, HeaderValue};

use super::SettingsError;
use crate::{
    cli::args::{ConnectArgs, TargetArgs},
    http::{ClientSettings, Way},
    target::{self, CommandSpec, TargetSpec},
};

/// The pause before a request to a target that is not our own. Many real ones answer 500 now and
/// then when a request follows the last answer within a millisecond or two, and never after 5 ms.
pub(in crate::cli) const FOREIGN_PAUSE: Duration = Duration::from_millis(10);

/// How long a target may take that is said to run.
const WAIT: Duration = Duration::from_secs(2);

/// How long a target may take that has just been started; many frameworks take seconds.
const COMMAND_WAIT: Duration = Duration::from_secs(30);

/// What to judge and how to reach it.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Reach {
    pub(in crate::cli) target: TargetSpec,
    pub(in crate::cli) client: ClientSettings,
    pub(in crate::cli) wait: Duration,
}

/// What the options mean together.
pub(in crate::cli) fn reach(
    target: &TargetArgs,
    connect: &ConnectArgs,
) -> Result<Reach, SettingsError> {
    let base = match target.base_url.as_deref().map(str::trim) {
        // An empty variable is how pipelines say that there is none.
        None | Some("") => None,
        Some(url) => Some(target::base_url(url).map_err(SettingsError::BaseUrl)?),
    };
    let ours = base.is_none() && target.command.is_empty();
    let client = client(connect, if ours { Duration::ZERO } else { FOREIGN_PAUSE })?;
    let wait = connect.wait.unwrap_or(if target.command.is_empty() {
        WAIT
    } else {
        COMMAND_WAIT
    });
    let target = match base {
        base if !target.command.is_empty() => TargetSpec::Command(Box::new(CommandSpec {
            words: target.command.clone(),
            base,
            folder: None,
            environment: target.environment.clone(),
            confinement: target.confine.clone(),
            wait,
            client: client.clone(),
        })),
        Some(url) => TargetSpec::Url(url),
        None => TargetSpec::Reference {
            bcrypt_cost: target.reference_bcrypt_cost,
        },
    };
    Ok(Reach {
        target,
        client,
        wait,
    })
}

/// How requests are sent; `pause` is the one that holds where none was asked for.
fn client(args: &ConnectArgs, pause: Duration) -> Result<ClientSettings, SettingsError> {
    Ok(ClientSettings {
        pause: args.pause.unwrap_or(pause),
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
        proxy: args.proxy.as_deref().map(proxy).transpose()?,
        way: Arc::new(Way {
            certificates: args.ca.clone(),
            insecure: args.insecure,
            proxy: args.proxy.clone(),
        }),
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

fn proxy(text: &str) -> Result<reqwest::Proxy, SettingsError> {
    reqwest::Proxy::all(text).map_err(|error| SettingsError::Proxy(error.to_string()))
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
