//! A command that runs to its own end.

use std::{io, process::ExitStatus, time::Duration};

use super::{CommandSpec, output::Output, process::Process};
use crate::http::ClientSettings;

/// How long a command may take to end by itself once its time is over.
const GRACE: Duration = Duration::from_secs(1);

/// Runs a command until it and all that it started have ended, at most for `limit`; what lives
/// on then is killed, and its exit status is none. Yields what it printed, bounded, too.
///
/// # Errors
/// When it cannot be started.
pub async fn run_once(
    words: Vec<String>,
    environment: Vec<(String, String)>,
    limit: Duration,
) -> io::Result<(Option<ExitStatus>, String)> {
    let spec = CommandSpec {
        words,
        base: None,
        folder: None,
        environment,
        confinement: None,
        wait: limit,
        client: ClientSettings::default(),
    };
    let output = Output::default();
    let mut process = Process::spawn(&spec, &output)?;
    let status = tokio::time::timeout(limit, process.ended()).await.ok();
    if status.is_some() {
        process.last_words().await;
    } else {
        process.stop(GRACE).await;
    }
    Ok((status, output.text()))
}
