//! A look at a target before a run: does it have what a run needs, and what is to be done if not.

mod checks;
mod crowd;
mod finding;
mod report;

pub use finding::{Finding, State};
pub use report::render;

use std::time::Duration;

use crate::{
    http::{Client, ClientSettings},
    target::shown,
};

/// What a look at a target has found.
#[derive(Clone, Debug)]
pub struct Checkup {
    /// The base URL.
    pub url: String,
    /// In the order in which they were made; a look ends with the first that leaves no way on.
    pub findings: Vec<Finding>,
    /// How long a whole run should take; `None` where a run makes no sense yet.
    pub estimate: Option<Duration>,
}

impl Checkup {
    /// The worst of the findings.
    pub fn state(&self) -> State {
        let states = self.findings.iter().map(|finding| finding.state);
        states.max().unwrap_or(State::Good)
    }
}

/// Looks at the target at `base`.
///
/// # Errors
/// When no HTTP client can be made.
pub async fn examine(
    base: reqwest::Url,
    settings: &ClientSettings,
    wait: Duration,
) -> Result<Checkup, reqwest::Error> {
    let client = Client::new(base.clone(), settings.clone())?;
    let mut checkup = Checkup {
        url: shown(&base),
        findings: Vec::new(),
        estimate: None,
    };
    let found = &mut checkup.findings;
    if settings.proxy.is_none() {
        let reachable = checks::addresses(&base, wait).await;
        let lost = reachable.state == State::Unreachable;
        found.push(reachable);
        if lost {
            return Ok(checkup);
        }
    }
    let (speaks, welcome) = checks::speaks_http(&client, wait).await;
    let reached = speaks.state < State::Unreachable;
    found.push(speaks);
    if reached {
        let (account, hash) = checks::account(&client).await;
        let works = account.state == State::Good;
        found.push(account);
        found.push(crowd::at_once(&client).await);
        checkup.estimate = works.then(|| checks::estimate(welcome, hash, settings.pause));
    }
    Ok(checkup)
}
