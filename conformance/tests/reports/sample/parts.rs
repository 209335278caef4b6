//! The pieces that the sample runs are made of.

use std::time::Duration;

use authspec::{
    http::{Exchange, REDACTED, Response, SentRequest},
    run::{Outcome, ScenarioRecord},
    scenario::FailedStep,
    suite::{Location, Requirement},
};

use super::rules::location;

pub(super) fn get(path: &str, status: u16, body: &str) -> Exchange {
    Exchange {
        request: SentRequest {
            way: std::sync::Arc::default(),
            method: "GET".to_owned(),
            url: format!("http://127.0.0.1:5000{path}"),
            headers: vec![("Accept".to_owned(), "*/*".to_owned())],
            body: None,
        },
        answer: Ok(Response {
            version: "HTTP/1.1".to_owned(),
            status,
            headers: vec![
                ("Content-Type".to_owned(), "application/json".to_owned()),
                ("Server".to_owned(), "sample/1.0".to_owned()),
            ],
            body: body.as_bytes().to_vec(),
            body_problem: None,
        }),
        duration: Duration::from_micros(12_345),
        fixture: false,
        departure: None,
    }
}

pub(super) fn post(path: &str, form: &str, status: u16, body: &str) -> Exchange {
    let mut exchange = get(path, status, body);
    "POST".clone_into(&mut exchange.request.method);
    exchange.request.body = Some(form.to_owned());
    exchange.request.headers = vec![
        (
            "Content-Type".to_owned(),
            "application/x-www-form-urlencoded".to_owned(),
        ),
        ("Authorization".to_owned(), REDACTED.to_owned()),
    ];
    exchange
}

pub(super) fn step(keyword: &str, text: &str, file: &str, line: usize) -> FailedStep {
    FailedStep {
        keyword: keyword.to_owned(),
        text: text.to_owned(),
        location: location(file, line),
    }
}

pub(super) fn passed(requirement: &Requirement) -> ScenarioRecord {
    ScenarioRecord {
        requirement: requirement.id.clone(),
        name: format!("{} as documented", requirement.area),
        location: Location {
            line: requirement.location.line + 2,
            ..requirement.location.clone()
        },
        outcome: Outcome::Passed,
        duration: Duration::from_millis(125),
        exchanges: vec![get("/", 200, "{\"message\":\"Bienvenue\"}\n")],
    }
}
