//! The client program, run once.

use std::{io, process::ExitStatus, time::Duration};

use crate::target::run_once;

/// What to run and how.
#[derive(Clone, Debug)]
pub struct ProgramSettings {
    /// The program and its arguments; `{base_url}` in them stands for the server's URL.
    pub words: Vec<String>,
    /// The most time for one run of it.
    pub limit: Duration,
    /// Whether `should` counts.
    pub strict: bool,
}

/// How the program ended.
#[derive(Clone, Debug)]
pub(super) struct Ran {
    /// `None` where it had to be killed.
    pub(super) status: Option<ExitStatus>,
    /// What it printed, bounded.
    pub(super) output: String,
}

impl Ran {
    pub(super) fn succeeded(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    /// How it ended, in words.
    pub(super) fn how(&self, limit: Duration) -> String {
        match self.status {
            Some(status) => status.to_string(),
            None => format!("killed after {}", humantime::format_duration(limit)),
        }
    }
}

impl ProgramSettings {
    /// Runs it against a server.
    pub(super) async fn run(&self, base_url: &str) -> io::Result<Ran> {
        let words = self
            .words
            .iter()
            .map(|word| word.replace("{base_url}", base_url))
            .collect();
        let environment = vec![("BASE_URL".to_owned(), base_url.to_owned())];
        let (status, output) = run_once(words, environment, self.limit).await?;
        Ok(Ran { status, output })
    }
}
