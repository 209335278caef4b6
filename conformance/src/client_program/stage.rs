//! A fresh server for each run of the program, with whatever defect, and a record of the calls.

use std::{io, process::ExitStatus, time::Duration};

use super::{
    port::relay,
    record::{Recorded, watched},
};
use crate::{
    http::Exchange,
    proof::proxy::{self, Middleware, Upstream},
    target::run_once,
};

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

/// One run of the program.
#[derive(Debug)]
pub(super) struct Performance {
    /// How it ended; `None` where it had to be killed.
    pub(super) status: Option<ExitStatus>,
    /// What it printed, bounded.
    pub(super) output: String,
    pub(super) calls: Vec<Recorded>,
    /// The server's URL.
    pub(super) url: String,
    /// Whether the document's port led to it too.
    pub(super) on_documented_port: bool,
}

impl Performance {
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

    /// The calls as reports show them.
    pub(super) fn exchanges(&self) -> Vec<Exchange> {
        let calls = self.calls.iter();
        calls.map(|call| call.exchange(&self.url)).collect()
    }

    /// Why a call that should be there is not.
    pub(super) fn nothing_came(&self) -> String {
        let url = &self.url;
        match (self.calls.len(), self.on_documented_port) {
            (0, true) => format!("it called nobody, neither BASE_URL ({url}) nor port 5000"),
            (0, false) => format!(
                "it did not call BASE_URL ({url}), and port 5000 is taken by another program here"
            ),
            _ => "no such request".to_owned(),
        }
    }
}

/// Runs the program against a fresh server that behaves so.
pub(super) async fn perform(
    program: &ProgramSettings,
    middleware: Middleware,
) -> io::Result<Performance> {
    let upstream = Upstream::reference().map_err(io::Error::other)?;
    let (middleware, recorded) = watched(middleware);
    let proxy = proxy::before(upstream, middleware).await?;
    let url = proxy.url.clone();
    let address = url
        .trim_start_matches("http://")
        .parse()
        .map_err(io::Error::other)?;
    let relay = relay(address).await;
    let words = program
        .words
        .iter()
        .map(|word| word.replace("{base_url}", &url))
        .collect();
    let environment = vec![("BASE_URL".to_owned(), url.clone())];
    let ran = run_once(words, environment, program.limit).await;
    let on_documented_port = relay.is_some();
    drop(relay);
    proxy.stop().await;
    let (status, output) = ran?;
    Ok(Performance {
        status,
        output,
        calls: recorded.try_iter().collect(),
        url,
        on_documented_port,
    })
}
