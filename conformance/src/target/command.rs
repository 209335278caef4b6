//! A target that is a command: started, awaited, started afresh where a scenario needs an empty
//! store, and stopped with all that it started.

mod address;
mod afresh;
mod once;
mod output;
mod process;
mod tree;
mod watchdog;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::Url;
use tokio::sync::Mutex;

use super::{FreshStart, StartError, Target, TargetKind, confine::Confinement, shown};
use crate::http::{Client, ClientSettings, Request};
pub use once::run_once;
use output::Output;
use process::Process;
pub use process::process_id;

/// The port of the document, where a program that knows no other listens (task 6).
const DOCUMENTED_PORT: u16 = 5000;

/// How long a target may take to end by itself after SIGTERM.
const GRACE: Duration = Duration::from_secs(5);

/// The same for one that has never answered.
const SILENT_GRACE: Duration = Duration::from_millis(300);

/// How often to ask whether it answers.
const AGAIN: Duration = Duration::from_millis(25);

/// What to start, and where it will be.
#[derive(Clone, Debug)]
pub struct CommandSpec {
    /// The program and its arguments; `{port}` in them stands for the port.
    pub words: Vec<String>,
    /// Where it will be; `None` for a free port of this machine.
    pub base: Option<Url>,
    /// The folder that it starts in; `None` for this process's own.
    pub folder: Option<PathBuf>,
    /// Variables beside the environment of this process.
    pub environment: Vec<(String, String)>,
    /// What it may do, where it is a stranger's; `None` for all that this process may.
    pub confinement: Option<Confinement>,
    /// How long it may take until it answers.
    pub wait: Duration,
    /// How it is asked.
    pub client: ClientSettings,
}

impl CommandSpec {
    /// What reports call such a target.
    pub fn description(&self) -> String {
        format!("`{}`, started for this run", self.words.join(" "))
    }
}

/// A command that runs as a target.
#[derive(Debug)]
pub(super) struct CommandTarget {
    /// Where it may answer; the one place where it did, once that is known.
    candidates: Vec<Url>,
    /// A port at which nobody was, and at which a command that ignores its own may turn up.
    hint_at: Option<u16>,
    /// What is started, the port filled in.
    spec: CommandSpec,
    output: Output,
    running: Mutex<Option<Process>>,
    /// How long the first start took.
    took: Duration,
    /// The last status that told of a server which is not there yet.
    not_ready: AtomicU16,
}

impl CommandTarget {
    /// Starts a command and waits until it answers: the target that it is, and what stops it.
    /// Whoever drops this future before its end ends the command too.
    ///
    /// # Errors
    /// When something answers there already, when it cannot be started, ends, or never answers.
    pub(super) async fn start(mut spec: CommandSpec) -> Result<(Target, Arc<Self>), StartError> {
        let (port, candidates) = if let Some(base) = &spec.base {
            let port = base.port_or_known_default();
            (port.unwrap_or(DOCUMENTED_PORT), vec![base.clone()])
        } else {
            let port = address::free_port().await.map_err(StartError::NoPort)?;
            (port, address::candidates(port))
        };
        if let Some(url) = address::occupied(&candidates).await {
            return Err(StartError::Occupied { url: shown(url) });
        }
        let description = spec.description();
        for word in &mut spec.words {
            *word = word.replace("{port}", &port.to_string());
        }
        // The port comes last: nothing else may say where it listens.
        spec.environment.push(("PORT".to_owned(), port.to_string()));
        let mut command = Self {
            candidates,
            hint_at: (port != DOCUMENTED_PORT && !address::somebody_on(DOCUMENTED_PORT).await)
                .then_some(DOCUMENTED_PORT),
            spec,
            output: Output::default(),
            running: Mutex::new(None),
            took: Duration::ZERO,
            not_ready: AtomicU16::new(0),
        };
        let begun = Instant::now();
        let (process, base) = command.launch(command.spec.wait).await?;
        command.took = begun.elapsed();
        command.candidates = vec![base.clone()];
        command.running = Mutex::new(Some(process));
        let command = Arc::new(command);
        let mut target = Target::at(base);
        target.info.kind = TargetKind::Command;
        target.info.description = description;
        target.fresh = Some(Arc::clone(&command) as Arc<dyn FreshStart>);
        Ok((target, command))
    }

    /// What it printed so far, bounded.
    pub(super) fn printed(&self) -> String {
        self.output.text()
    }

    /// Stops it with all that it started, and waits until it is gone; kills what takes longer
    /// than `grace`, or than a target is given at all.
    pub(super) async fn stop(&self, grace: Duration) {
        let process = self.running.lock().await.take();
        if let Some(process) = process {
            process.stop(grace.min(GRACE)).await;
        }
    }

    /// Starts the command and waits until it answers at one of the candidates.
    async fn launch(&self, wait: Duration) -> Result<(Process, Url), StartError> {
        let url = self.candidates.first().map(shown).unwrap_or_default();
        let mut process =
            Process::spawn(&self.spec, &self.output).map_err(|error| StartError::NotStarted {
                program: self.spec.words.first().cloned().unwrap_or_default(),
                error,
            })?;
        let waited = tokio::select! {
            waited = tokio::time::timeout(wait, self.answers()) => waited,
            status = process.ended() => {
                process.last_words().await;
                return Err(StartError::Ended { how: status.to_string(), url, output: self.output.text() });
            }
        };
        if let Ok(base) = waited {
            return Ok((process, base));
        }
        let hint = self.hint().await;
        process.stop(SILENT_GRACE).await;
        Err(StartError::Silent {
            url,
            wait,
            hint,
            output: self.output.text(),
        })
    }

    /// What may be wrong with a command that runs and does not answer.
    async fn hint(&self) -> String {
        let status = self.not_ready.load(Ordering::Relaxed);
        match self.hint_at {
            _ if status != 0 => format!(
                ": it answers {status}, a gateway's word for a server that is not there; --wait 60s waits longer for it"
            ),
            Some(port) if address::somebody_on(port).await => format!(
                ": it listens on port {port} instead, so add --base-url http://127.0.0.1:{port}"
            ),
            _ if self.spec.base.is_some() => "; --wait 60s waits longer for it".to_owned(),
            _ => ": does it take its port from {port} or PORT? --wait 60s waits longer for it"
                .to_owned(),
        }
    }

    /// Asks at each candidate in turn until one answers, be the answer what it may, but for that
    /// of a gateway before its server is there.
    async fn answers(&self) -> Url {
        let clients: Vec<Client> = self
            .candidates
            .iter()
            .filter_map(|base| Client::new(base.clone(), self.spec.client.clone()).ok())
            .collect();
        loop {
            for client in &clients {
                match client.attempt(&Request::root()).await {
                    Ok(response) if response.is_not_ready() => {
                        self.not_ready.store(response.status, Ordering::Relaxed);
                    }
                    Ok(_) => return client.base().clone(),
                    Err(_) => {}
                }
            }
            tokio::time::sleep(AGAIN).await;
        }
    }
}
