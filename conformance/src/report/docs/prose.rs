//! Scenarios as prose, and what is sent for one.

use std::fmt::Write as _;

use crate::{
    http::{Exchange, Response, curl, visible::visible},
    report::{html::is_meaningful, json::Body},
    run::ScenarioRecord,
    suite::{Case, lines},
};

/// Where a reader's own server is: what the page says in place of the address that the reference
/// server had for a moment.
const BASE: &str = "http://localhost:5000";

/// A scenario of a feature; the rows of an outline are one.
pub(super) struct ScenarioView<'a> {
    pub(super) name: &'a str,
    pub(super) steps: Vec<String>,
    /// The other rows of the same outline, by name.
    pub(super) others: Vec<&'a str>,
}

/// Cases as a reader meets them: the first row of an outline stands for all of them.
pub(super) fn scenarios<'a>(cases: impl Iterator<Item = &'a Case>) -> Vec<ScenarioView<'a>> {
    let mut views: Vec<(usize, ScenarioView<'a>)> = Vec::new();
    for case in cases {
        let rule = case.feature.rules.first();
        let scenario = rule.and_then(|rule| rule.scenarios.first());
        let line = scenario.map_or(case.location.line, |scenario| scenario.position.line);
        if let Some((_, view)) = views.iter_mut().find(|(known, _)| *known == line) {
            view.others.push(&case.name);
        } else {
            let view = ScenarioView {
                name: &case.name,
                steps: case.steps().map(|step| lines(step).join("\n")).collect(),
                others: Vec::new(),
            };
            views.push((line, view));
        }
    }
    views.into_iter().map(|(_, view)| view).collect()
}

/// A request as a line for a shell, and what the reference server answered to it.
pub(super) struct Asked {
    pub(super) curl: String,
    pub(super) answer: String,
}

impl Asked {
    /// The first request of a scenario that it is about; what only leads there is left out.
    pub(super) fn of(record: &ScenarioRecord) -> Option<Self> {
        let exchange = record.exchanges.iter().find(|exchange| !exchange.fixture)?;
        let response = exchange.answer.as_ref().ok()?;
        let base = base(exchange)?;
        let local = |text: &str| visible(&text.replace(base, BASE)).into_owned();
        Some(Self {
            curl: local(&curl::command(&exchange.request)),
            answer: local(&shown(response)),
        })
    }
}

/// Where the server was.
fn base(exchange: &Exchange) -> Option<&str> {
    let url = &exchange.request.url;
    let host = url.find("://")? + 3;
    let path = url[host..].find('/').map_or(url.len(), |at| host + at);
    Some(&url[..path])
}

fn shown(response: &Response) -> String {
    let mut text = format!("{}\n", response.status);
    for (name, value) in &response.headers {
        if is_meaningful(name) {
            let _ = writeln!(text, "{name}: {value}");
        }
    }
    let body = Body::of(&response.body, None).text;
    if !body.is_empty() {
        let _ = write!(text, "\n{body}");
    }
    text
}
