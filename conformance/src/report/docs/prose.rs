//! Scenarios as prose, and what is sent for one.

use std::fmt::Write as _;

use super::BASE;
use crate::{
    http::{Exchange, Response, curl, visible::visible},
    report::json::Body,
    run::ScenarioRecord,
    suite::Case,
};

/// The headers of an answer that mean something in this service.
const MEANINGFUL: [&str; 4] = ["content-type", "set-cookie", "location", "allow"];

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
        match views.iter_mut().find(|(known, _)| *known == line) {
            Some((_, view)) => view.others.push(&case.name),
            None => views.push((line, view(case))),
        }
    }
    views.into_iter().map(|(_, view)| view).collect()
}

fn view(case: &Case) -> ScenarioView<'_> {
    let steps = case.steps().map(|step| {
        let mut text = format!("{}{}", step.keyword, step.value);
        for line in step.docstring.iter().flat_map(|doc| doc.trim().lines()) {
            let _ = write!(text, "\n    {line}");
        }
        for row in step.table.iter().flat_map(|table| &table.rows) {
            let _ = write!(text, "\n    {}", row.join("  "));
        }
        text
    });
    ScenarioView {
        name: &case.name,
        steps: steps.collect(),
        others: Vec::new(),
    }
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
        let (base, _) = base_and_path(exchange)?;
        let local = |text: &str| visible(&text.replace(base, BASE)).into_owned();
        Some(Self {
            curl: local(&curl::command(&exchange.request)),
            answer: local(&shown(response)),
        })
    }
}

/// Where the server was, and what was asked for there.
fn base_and_path(exchange: &Exchange) -> Option<(&str, &str)> {
    let url = &exchange.request.url;
    let host = url.find("://")? + 3;
    let path = url[host..].find('/').map_or(url.len(), |at| host + at);
    Some(url.split_at(path))
}

fn shown(response: &Response) -> String {
    let mut text = format!("{}\n", response.status);
    for (name, value) in &response.headers {
        if MEANINGFUL
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
        {
            let _ = writeln!(text, "{name}: {value}");
        }
    }
    let body = Body::of(&response.body, None).text;
    if !body.is_empty() {
        let _ = write!(text, "\n{body}");
    }
    text
}
